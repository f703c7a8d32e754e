import { LinkButton } from '@anw/web-ui';
import { FolderOpen } from 'lucide-react';
import { useVisit } from './Visit.js';

export interface OtherRecordsProps {
  /** The page of the other record, after its visit: `schrijven`. */
  readonly page: string;
  /** What the link says before the name of the custodian: `Schrijven bij`. */
  readonly words: string;
}

/** A client with a record at more than one custodian: what she writes goes into one of them, and she chooses which. */
export function OtherRecords({ page, words }: OtherRecordsProps) {
  const { beside } = useVisit();
  if (beside.length === 0) return null;
  return (
    <div className="anw-actions">
      {beside.map(({ id, custodian }) => <LinkButton key={id} to={`/bezoek/${id}/${page}`} icon={<FolderOpen size={20} />}>{words} {custodian.name}</LinkButton>)}
    </div>
  );
}
