import type { AllowlistAnswer, ReceivedAllowlist, ReceivedAllowlistStore, ReceivedDelegation } from '@anw/triage';
import { Did, DidUrl } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';

const Actors = z.array(Did);
const Rows = z.array(z.object({ actor: Did, from: z.coerce.date(), until: z.coerce.date() }));
const Failure = z.enum(['unreachable', 'unreadable', 'refused', 'limited']);

interface StoredAllowlist {
  readonly custodian: string;
  readonly rows: unknown;
  readonly fetched_at: Date | null;
  readonly attempted_at: Date | null;
  readonly failure: string | null;
  readonly told_at: Date | null;
  readonly delegation_id: string | null;
  readonly actors: unknown;
  readonly max_authorization_seconds: number;
  readonly valid_from: Date;
  readonly valid_until: Date;
  readonly jwt: string;
  readonly delegation_fetched_at: Date;
}

/** Allowlists that custodians gave the transaction's organisation, in PostgreSQL. */
export class ReceivedAllowlistTable implements ReceivedAllowlistStore {
  constructor(private readonly tx: Transaction) {}

  async saveAnswer(answer: AllowlistAnswer): Promise<void> {
    if (answer.fetchedAt === undefined) return this.saveFailure(answer);
    const { custodian, rows, delegation, fetchedAt, attemptedAt, failure } = answer;
    // Always this row first, as in `markTold`: who saves the same custodian's answer at the same moment then waits here.
    const newest = await this.tx.query(
      `INSERT INTO received_allowlist AS known (organisation_id, custodian, rows, delegation_id, fetched_at, attempted_at, failure) VALUES ($1, $2, $3, $4, $5, $6, $7)
       ON CONFLICT (organisation_id, custodian) DO UPDATE SET rows = EXCLUDED.rows, delegation_id = EXCLUDED.delegation_id,
         fetched_at = EXCLUDED.fetched_at, attempted_at = EXCLUDED.attempted_at, failure = EXCLUDED.failure
       WHERE known.fetched_at IS NULL OR known.fetched_at <= EXCLUDED.fetched_at
       RETURNING custodian`,
      [this.tx.organisation, custodian, JSON.stringify(rows.map(({ actor, period }) => ({ actor, ...period }))), delegation?.id ?? null, fetchedAt, attemptedAt ?? null, failure ?? null],
    );
    if (newest.length === 1 && delegation !== undefined) await this.saveDelegation(delegation);
  }

  async markTold(custodian: Did, at: Date): Promise<void> {
    await this.tx.query(
      `INSERT INTO received_allowlist AS known (organisation_id, custodian, rows, told_at) VALUES ($1, $2, '[]', $3)
       ON CONFLICT (organisation_id, custodian) DO UPDATE SET told_at = GREATEST(known.told_at, EXCLUDED.told_at)`,
      [this.tx.organisation, custodian, at],
    );
  }

  async findAllowlistOf(custodian: Did): Promise<ReceivedAllowlist | undefined> {
    const [row] = await this.tx.query<StoredAllowlist>(`${selectAllowlists} AND a.custodian = $2`, [this.tx.organisation, custodian], 'find-received-allowlist');
    return row && toAllowlist(row);
  }

  async listAllowlists(): Promise<readonly ReceivedAllowlist[]> {
    return (await this.tx.query<StoredAllowlist>(`${selectAllowlists} ORDER BY a.custodian`, [this.tx.organisation])).map(toAllowlist);
  }

  /** What was known stays as it is. */
  private async saveFailure({ custodian, attemptedAt, failure }: AllowlistAnswer): Promise<void> {
    await this.tx.query(
      `INSERT INTO received_allowlist (organisation_id, custodian, rows, attempted_at, failure) VALUES ($1, $2, '[]', $3, $4)
       ON CONFLICT (organisation_id, custodian) DO UPDATE SET attempted_at = EXCLUDED.attempted_at, failure = EXCLUDED.failure`,
      [this.tx.organisation, custodian, attemptedAt ?? null, failure ?? null],
    );
  }

  private async saveDelegation({ custodian, id, actors, maxAuthorizationSeconds, period, jwt, fetchedAt }: ReceivedDelegation): Promise<void> {
    await this.tx.query(
      `INSERT INTO received_delegation (organisation_id, custodian, id, actors, max_authorization_seconds, valid_from, valid_until, jwt, fetched_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (organisation_id, custodian) DO UPDATE SET id = EXCLUDED.id, actors = EXCLUDED.actors,
         max_authorization_seconds = EXCLUDED.max_authorization_seconds, valid_from = EXCLUDED.valid_from, valid_until = EXCLUDED.valid_until,
         jwt = EXCLUDED.jwt, fetched_at = EXCLUDED.fetched_at`,
      [this.tx.organisation, custodian, id, JSON.stringify(actors), maxAuthorizationSeconds, period.from, period.until, jwt, fetchedAt],
    );
  }
}

const selectAllowlists = `
  SELECT a.custodian, a.rows, a.fetched_at, a.attempted_at, a.failure, a.told_at,
    d.id AS delegation_id, d.actors, d.max_authorization_seconds, d.valid_from, d.valid_until, d.jwt, d.fetched_at AS delegation_fetched_at
  FROM received_allowlist a
  LEFT JOIN received_delegation d ON d.organisation_id = a.organisation_id AND d.custodian = a.custodian AND d.id = a.delegation_id
  WHERE a.organisation_id = $1`;

function toAllowlist(row: StoredAllowlist): ReceivedAllowlist {
  const custodian = Did.parse(row.custodian);
  return {
    custodian,
    rows: Rows.parse(row.rows).map(({ actor, from, until }) => ({ actor, period: { from, until } })),
    ...(row.delegation_id !== null && { delegation: toDelegation(row, row.delegation_id, custodian) }),
    ...(row.fetched_at !== null && { fetchedAt: row.fetched_at }),
    ...(row.attempted_at !== null && { attemptedAt: row.attempted_at }),
    ...(row.failure !== null && { failure: Failure.parse(row.failure) }),
    ...(row.told_at !== null && { toldAt: row.told_at }),
  };
}

function toDelegation(row: StoredAllowlist, id: string, custodian: Did): ReceivedDelegation {
  return {
    id: DidUrl.parse(id),
    custodian,
    actors: Actors.parse(row.actors),
    maxAuthorizationSeconds: row.max_authorization_seconds,
    period: { from: row.valid_from, until: row.valid_until },
    jwt: row.jwt,
    fetchedAt: row.delegation_fetched_at,
  };
}
