import type { HandoverView } from '@anw/api-contracts';
import { formatInstant } from '@anw/web-ui';

/** Who handed over to whom, and when. */
export function HandoverSummary({ from, writtenAt, acceptedBy, acceptedAt }: Pick<HandoverView, 'from' | 'writtenAt' | 'acceptedBy' | 'acceptedAt'>) {
  return (
    <>
      Van {from.name}, {formatInstant(writtenAt)}
      {acceptedAt !== undefined && acceptedBy !== undefined ? `. Overgenomen door ${acceptedBy.name}, ${formatInstant(acceptedAt)}` : '. Nog niet overgenomen'}
    </>
  );
}
