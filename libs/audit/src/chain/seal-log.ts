import type { Clock, OrganisationId } from '@anw/values';
import { type ChainEnd, chainStart, createLink, type LogLink } from './log-link.js';
import type { LoggedRow } from './logged-row.js';

/** What sealing needs of one organisation's log; all of it in one transaction that no other sealer shares. */
export interface SealableLog {
  readonly organisation: OrganisationId;
  readonly end: ChainEnd | undefined;
  /** By sequence, above `after` and up to `through`. */
  listRows(range: { readonly after: number; readonly through: number; readonly limit: number }): Promise<readonly LoggedRow[]>;
  addLink(link: LogLink): Promise<void>;
}

/** Rows in one link at most: about 40 kB. */
export const ROWS_PER_LINK = 1_000;

/**
 * Puts every row up to `settled` into the chain and gives the number of rows. The caller vouches that no row up to
 * there can still appear: no transaction that may hold one is under way.
 */
export async function sealLog(log: SealableLog, settled: number, clock: Clock): Promise<number> {
  let end = log.end ?? chainStart(log.organisation);
  let sealed = 0;
  for (;;) {
    const rows = await log.listRows({ after: end.through, through: settled, limit: ROWS_PER_LINK });
    if (rows.length === 0) return sealed;
    const isLast = rows.length < ROWS_PER_LINK;
    const link = createLink(log.organisation, end, rows, { through: isLast ? settled : rows.at(-1)!.sequence, sealedAt: clock() });
    await log.addLink(link);
    sealed += rows.length;
    if (isLast) return sealed;
    end = link;
  }
}
