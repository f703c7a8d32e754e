import { LinkButton } from '@anw/web-ui';
import { ListChecks } from 'lucide-react';
import { standingOf } from './draft-standing.js';
import { useVisitDrafts } from './use-visit-drafts.js';

/** To what she wrote here, with how much of it is not in the record yet. */
export function WrittenLink({ visit }: { readonly visit: string }) {
  const { drafts } = useVisitDrafts(visit);
  const open = drafts.filter((draft) => standingOf(draft) !== 'accepted').length;
  return <LinkButton to={`/bezoek/${visit}/geschreven`} icon={<ListChecks size={20} />}>Geschreven{open > 0 && <> ({open}<span className="anw-visually-hidden"> nog niet ontvangen</span>)</>}</LinkButton>;
}
