import type { OrganisationId } from '@anw/values';
import { createHash } from 'node:crypto';
import { hashRow, type LoggedRow } from './logged-row.js';

/** One row in a link. */
export interface LinkEntry {
  readonly sequence: number;
  /** SHA-256, 32 bytes. */
  readonly hash: Uint8Array;
}

/** Where a chain ends. */
export interface ChainEnd {
  /** Number of links, from 1. */
  readonly position: number;
  /** Every row of the organisation up to this sequence is in the chain. */
  readonly through: number;
  readonly hash: Uint8Array;
}

/** One link of an organisation's chain: the hashes of the rows since the link before, bound to that link. */
export interface LogLink extends ChainEnd {
  readonly previousHash: Uint8Array;
  /** Whole milliseconds, UTC. */
  readonly sealedAt: Date;
  /** By sequence, all above the `through` of the link before. */
  readonly entries: readonly LinkEntry[];
}

/** What the first link of an organisation continues from. */
export function chainStart(organisation: OrganisationId): ChainEnd {
  return { position: 0, through: 0, hash: createHash('sha256').update(`anw-log-chain-1 ${organisation}`).digest() };
}

/** The link that puts these rows, all of those up to `through` that are not in the chain yet, behind `previous`. */
export function createLink(organisation: OrganisationId, previous: ChainEnd, rows: readonly LoggedRow[], { through, sealedAt }: Pick<LogLink, 'through' | 'sealedAt'>): LogLink {
  const content = {
    position: previous.position + 1,
    through,
    previousHash: previous.hash,
    sealedAt,
    entries: rows.map((row) => ({ sequence: row.sequence, hash: hashRow(organisation, row) })),
  };
  return { ...content, hash: hashLink(organisation, content) };
}

/** SHA-256 over everything a link says, numbers as 8 bytes big-endian. */
export function hashLink(organisation: OrganisationId, { position, through, previousHash, sealedAt, entries }: Omit<LogLink, 'hash'>): Uint8Array {
  const hash = createHash('sha256').update(`anw-log-link-1 ${organisation} `);
  hash.update(previousHash).update(numbers(position, through, sealedAt.getTime(), entries.length));
  for (const entry of entries) hash.update(numbers(entry.sequence)).update(entry.hash);
  return hash.digest();
}

export function sameHash(one: Uint8Array, other: Uint8Array): boolean {
  return Buffer.compare(one, other) === 0;
}

function numbers(...values: readonly number[]): Buffer {
  const bytes = Buffer.alloc(8 * values.length);
  values.forEach((value, index) => bytes.writeBigInt64BE(BigInt(value), 8 * index));
  return bytes;
}
