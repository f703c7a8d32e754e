import type { ChainEnd, LinkEntry, LogChainReader, LoggedRow, LogLink, StoredHead } from '@anw/audit';
import type { Transaction } from '../database/database.js';
import { LOGGED_ROW_COLUMNS, type LoggedRowColumns, toLoggedRow } from './logged-rows.js';

const HASH_BYTES = 32;
const LINKS_PER_PAGE = 50;
const ROWS_PER_PAGE = 2_000;

/** Chain and signed heads over the log of the transaction's organisation. */
export class LogChainTable implements LogChainReader {
  constructor(private readonly tx: Transaction) {}

  async findEnd(): Promise<ChainEnd | undefined> {
    const [row] = await this.tx.query<EndRow>('SELECT position, through, hash FROM audit_link WHERE organisation_id = $1 ORDER BY position DESC LIMIT 1', [this.tx.organisation]);
    return row && toEnd(row);
  }

  async listRows({ after, through, limit }: { readonly after: number; readonly through: number; readonly limit: number }): Promise<readonly LoggedRow[]> {
    const rows = await this.tx.query<LoggedRowColumns>(
      `SELECT ${LOGGED_ROW_COLUMNS} FROM audit_event WHERE organisation_id = $1 AND audit_event.sequence > $2 AND audit_event.sequence <= $3 ORDER BY audit_event.sequence LIMIT $4`,
      [this.tx.organisation, after, through, limit],
      'audit-rows-to-seal',
    );
    return rows.map(toLoggedRow);
  }

  async addLink({ position, through, sealedAt, previousHash, hash, entries }: LogLink): Promise<void> {
    await this.tx.query(
      'INSERT INTO audit_link (organisation_id, position, through, sealed_at, previous_hash, hash, sequences, row_hashes) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [this.tx.organisation, position, through, sealedAt, previousHash, hash, entries.map(({ sequence }) => sequence), Buffer.concat(entries.map((entry) => entry.hash))],
      'audit-add-link',
    );
  }

  async *links(): AsyncGenerator<LogLink> {
    for (let position = 0; ; ) {
      const page = await this.tx.query<LinkRow>(
        'SELECT position, through, sealed_at, previous_hash, hash, sequences, row_hashes FROM audit_link WHERE organisation_id = $1 AND position > $2 ORDER BY position LIMIT $3',
        [this.tx.organisation, position, LINKS_PER_PAGE],
      );
      yield* page.map(toLink);
      if (page.length < LINKS_PER_PAGE) return;
      position = Number(page.at(-1)!.position);
    }
  }

  async *rows(): AsyncGenerator<LoggedRow> {
    // From the smallest number there can be: whoever puts in a row by hand chooses its number as well.
    for (let after = Number.MIN_SAFE_INTEGER; ; ) {
      const page = await this.listRows({ after, through: Number.MAX_SAFE_INTEGER, limit: ROWS_PER_PAGE });
      yield* page;
      if (page.length < ROWS_PER_PAGE) return;
      after = page.at(-1)!.sequence;
    }
  }

  async listHeads(): Promise<readonly StoredHead[]> {
    const rows = await this.tx.query<{ position: string; jws: string }>('SELECT position, jws FROM audit_head WHERE organisation_id = $1 ORDER BY position', [this.tx.organisation]);
    return rows.map(({ position, jws }) => ({ position: Number(position), jws }));
  }

  async findLastHead(): Promise<{ readonly position: number; readonly signedAt: Date } | undefined> {
    const [row] = await this.tx.query<{ position: string; signed_at: Date }>('SELECT position, signed_at FROM audit_head WHERE organisation_id = $1 ORDER BY position DESC LIMIT 1', [this.tx.organisation]);
    return row && { position: Number(row.position), signedAt: row.signed_at };
  }

  /** False when another process of this service has signed the same end already. */
  async addHead({ position, jws }: StoredHead, signedAt: Date): Promise<boolean> {
    const added = await this.tx.query(
      'INSERT INTO audit_head (organisation_id, position, signed_at, jws) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING position',
      [this.tx.organisation, position, signedAt, jws],
    );
    return added.length === 1;
  }
}

interface EndRow {
  readonly position: string;
  readonly through: string;
  readonly hash: Buffer;
}

interface LinkRow extends EndRow {
  readonly sealed_at: Date;
  readonly previous_hash: Buffer;
  readonly sequences: readonly string[];
  readonly row_hashes: Buffer;
}

function toEnd({ position, through, hash }: EndRow): ChainEnd {
  return { position: Number(position), through: Number(through), hash };
}

function toLink(row: LinkRow): LogLink {
  const entries: LinkEntry[] = row.sequences.map((sequence, index) => ({ sequence: Number(sequence), hash: row.row_hashes.subarray(index * HASH_BYTES, (index + 1) * HASH_BYTES) }));
  return { ...toEnd(row), previousHash: row.previous_hash, sealedAt: row.sealed_at, entries };
}
