import type { OrganisationId } from '@anw/values';
import { type ChainEnd, chainStart, hashLink, type LogLink, sameHash } from './log-link.js';
import { hashRow, type LoggedRow } from './logged-row.js';

/** What is wrong first, and from which row on the log cannot be relied on. */
export interface ChainBreak {
  readonly kind: 'row-altered' | 'row-missing' | 'row-inserted' | 'link-altered' | 'link-missing' | 'head-contradicted';
  /** The first broken row; of a broken link, the first row that it covers. */
  readonly sequence: number;
  /** The link that says so. */
  readonly position: number;
}

export interface ChainReport {
  readonly links: number;
  /** Rows that are as they were sealed. */
  readonly sealedRows: number;
  /** Rows sealed before `retainedSince` that are gone. */
  readonly expiredRows: number;
  /** Rows too young to be in the chain. */
  readonly unsealedRows: number;
  /** The last link that a signed head confirms. */
  readonly confirmed: ChainEnd;
  readonly break?: ChainBreak;
}

/** The hash covers everything up to there, `through` included. */
export type KnownEnd = Pick<ChainEnd, 'position' | 'hash'>;

export interface ChainEvidence {
  readonly organisation: OrganisationId;
  /** By position. */
  readonly links: AsyncIterable<LogLink>;
  /** By sequence. */
  readonly rows: AsyncIterable<LoggedRow>;
  /** Ends that the chain once had: of heads whose signature has been verified, or written down elsewhere. */
  readonly heads: readonly KnownEnd[];
  /** What was sealed before may be gone: its period of retention is over. */
  readonly retainedSince?: Date;
}

/**
 * Walks the chain beside the rows and stops at the first thing that does not fit: a row that changed, is gone or came
 * in later, a link that is not what its hash says or does not follow the one before, a head that tells otherwise.
 */
export async function verifyChain({ organisation, links, rows, heads, retainedSince }: ChainEvidence): Promise<ChainReport> {
  const start = chainStart(organisation);
  const walk: Walk = { before: start, end: start, confirmed: start, links: 0, sealedRows: 0, expiredRows: 0 };
  const pending = new RowReader(rows);
  const report = (found?: ChainBreak, unsealedRows = 0): ChainReport => ({
    links: walk.links,
    sealedRows: walk.sealedRows,
    expiredRows: walk.expiredRows,
    unsealedRows,
    confirmed: walk.confirmed,
    ...(found && { break: found }),
  });
  for await (const link of links) {
    const expired = retainedSince !== undefined && link.sealedAt < retainedSince;
    const found = breakOfLink(organisation, walk, link) ?? (await compareRows(organisation, link, pending, expired, walk)) ?? breakOfHeads(link, heads, walk.confirmed);
    if (found !== undefined) return report(found);
    walk.links += 1;
    walk.before = walk.end;
    walk.end = link;
    if (heads.some(({ position }) => position === link.position)) walk.confirmed = link;
  }
  const ahead = heads.find(({ position }) => position > walk.end.position);
  if (ahead !== undefined) return report({ kind: 'link-missing', sequence: walk.end.through + 1, position: walk.end.position + 1 });
  return report(undefined, await pending.countRest());
}

interface Walk {
  /** The link before the last one. */
  before: ChainEnd;
  end: ChainEnd;
  confirmed: ChainEnd;
  links: number;
  sealedRows: number;
  expiredRows: number;
}

function breakOfLink(organisation: OrganisationId, { before, end }: Walk, link: LogLink): ChainBreak | undefined {
  if (link.position !== end.position + 1) return { kind: 'link-missing', sequence: end.through + 1, position: end.position + 1 };
  const altered: ChainBreak = { kind: 'link-altered', sequence: end.through + 1, position: link.position };
  if (!sameHash(link.hash, hashLink(organisation, link)) || !isOrdered(end, link)) return altered;
  // This link is whole and remembers another one before it: that one was replaced, with a hash that fits.
  if (!sameHash(link.previousHash, end.hash)) return end.position === 0 ? altered : { kind: 'link-altered', sequence: before.through + 1, position: end.position };
  return undefined;
}

/** Only a link that somebody made by hand holds rows twice, out of order, or of another link's range. */
function isOrdered(previous: ChainEnd, { entries, through }: LogLink): boolean {
  const sequences = [previous.through, ...entries.map(({ sequence }) => sequence)];
  return sequences.every((sequence, index) => index === 0 || sequence > sequences[index - 1]!) && sequences.at(-1)! <= through;
}

async function compareRows(organisation: OrganisationId, { entries, through, position }: LogLink, rows: RowReader, expired: boolean, walk: Walk): Promise<ChainBreak | undefined> {
  for (const { sequence, hash } of entries) {
    const row = await rows.peek();
    if (row !== undefined && row.sequence < sequence) return { kind: 'row-inserted', sequence: row.sequence, position };
    if (row === undefined || row.sequence > sequence) {
      if (!expired) return { kind: 'row-missing', sequence, position };
      walk.expiredRows += 1;
      continue;
    }
    if (!sameHash(hash, hashRow(organisation, row))) return { kind: 'row-altered', sequence, position };
    walk.sealedRows += 1;
    rows.take();
  }
  const next = await rows.peek();
  return next !== undefined && next.sequence <= through ? { kind: 'row-inserted', sequence: next.sequence, position } : undefined;
}

/** The change is somewhere behind the last link that a head confirmed. */
function breakOfHeads(link: LogLink, heads: readonly KnownEnd[], confirmed: ChainEnd): ChainBreak | undefined {
  const holds = heads.every((head) => head.position !== link.position || sameHash(head.hash, link.hash));
  return holds ? undefined : { kind: 'head-contradicted', sequence: confirmed.through + 1, position: link.position };
}

/** Rows one at a time, with a look at the next. */
class RowReader {
  private readonly iterator: AsyncIterator<LoggedRow>;
  private next: Promise<LoggedRow | undefined> | undefined;

  constructor(rows: AsyncIterable<LoggedRow>) {
    this.iterator = rows[Symbol.asyncIterator]();
  }

  peek(): Promise<LoggedRow | undefined> {
    this.next ??= this.iterator.next().then(({ done, value }) => (done === true ? undefined : (value as LoggedRow)));
    return this.next;
  }

  take(): void {
    this.next = undefined;
  }

  async countRest(): Promise<number> {
    let count = 0;
    for (; (await this.peek()) !== undefined; this.take()) count += 1;
    return count;
  }
}

