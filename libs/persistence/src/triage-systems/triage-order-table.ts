import type { TriageOrder } from '@anw/triage';
import { OrganisationId } from '@anw/values';
import type { Database, Transaction } from '../database/database.js';

/** What triage systems asked of the transaction's organisation, in PostgreSQL. */
export class TriageOrderTable {
  constructor(private readonly tx: Transaction) {}

  /** The first order under a key stays; answers the one that is there. */
  async claimOrder({ id, system, idempotencyKey, fingerprint }: TriageOrder, at: Date): Promise<TriageOrder> {
    await this.tx.query(
      `INSERT INTO triage_order (organisation_id, id, system, idempotency_key, fingerprint, created_at, look_at) VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING`,
      [this.tx.organisation, id, system, idempotencyKey, fingerprint, at],
    );
    const found = await this.findOrder(id);
    if (found === undefined) throw new Error('a claimed order is not there');
    return found;
  }

  async findOrder(id: string): Promise<TriageOrder | undefined> {
    const [row] = await this.tx.query<OrderRow>('SELECT id, system, idempotency_key, fingerprint FROM triage_order WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, id]);
    return row && { id: row.id, system: row.system, idempotencyKey: row.idempotency_key, fingerprint: row.fingerprint };
  }

  /** What was told, and when to look again; absent: never. */
  async saveLook(id: string, { told, attempts, lookAt, failure }: OrderLook): Promise<void> {
    await this.tx.query('UPDATE triage_order SET told = $3, attempts = $4, look_at = $5, last_failure = $6 WHERE organisation_id = $1 AND id = $2', [this.tx.organisation, id, told ?? null, attempts, lookAt ?? null, failure ?? null]);
  }

  /** What one triage system was told of its visits, newest first. */
  async listTold(system: string, state: TellingState | undefined, limit: number): Promise<readonly ToldOrder[]> {
    const rows = await this.tx.query<ToldRow>(
      `SELECT id, told, state, attempts, last_failure, created_at, look_at
       FROM (SELECT o.*, CASE WHEN last_failure IS NULL AND look_at IS NULL THEN 'finished' WHEN last_failure IS NULL THEN 'followed' WHEN look_at IS NULL THEN 'parked' ELSE 'failing' END AS state
             FROM triage_order o WHERE organisation_id = $1 AND system = $2) judged
       WHERE $3::text IS NULL OR state = $3 ORDER BY created_at DESC, id LIMIT $4`,
      [this.tx.organisation, system, state ?? null, limit],
    );
    return rows.map(toTold);
  }

  /** Tells again what was given up, now and from the first pause on. Answers how many. */
  async retryParked(system: string, now: Date): Promise<number> {
    return (await this.tx.query('UPDATE triage_order SET attempts = 0, look_at = $3 WHERE organisation_id = $1 AND system = $2 AND look_at IS NULL AND last_failure IS NOT NULL RETURNING 1', [this.tx.organisation, system, now])).length;
  }

  /** Looks once more at what a system asked for since then: its webhook is another. What it has heard already is not told again. */
  async lookAgain(system: string, since: Date, now: Date): Promise<void> {
    await this.tx.query('UPDATE triage_order SET attempts = 0, look_at = $4, last_failure = NULL WHERE organisation_id = $1 AND system = $2 AND created_at >= $3', [this.tx.organisation, system, since, now]);
  }
}

/** `followed`: told as it stands, and looked at for more; `failing`: told again later; `parked`: given up until an operator retries; `finished`: nothing comes after it. */
export type TellingState = 'followed' | 'failing' | 'parked' | 'finished';

/** How the webhook of one visit stands. */
export interface ToldOrder {
  readonly id: string;
  readonly state: TellingState;
  /** State of the visit that its system heard last, with ` alarm` when it rang. */
  readonly told?: string;
  /** Failed attempts in a row. */
  readonly attempts: number;
  readonly lastFailure?: string;
  readonly createdAt: Date;
  readonly lookAt?: Date;
}

export interface OrderLook {
  readonly told?: string | undefined;
  /** Failed attempts in a row. */
  readonly attempts: number;
  readonly lookAt?: Date | undefined;
  readonly failure?: string | undefined;
}

export interface ClaimedOrder {
  readonly organisation: OrganisationId;
  readonly id: string;
  readonly system: string;
  readonly told: string | undefined;
  readonly attempts: number;
  readonly createdAt: Date;
}

/** Orders of every organisation that are due to be looked at; a claim is a later `look_at`, so that nothing is to be undone when a process dies. */
export async function claimOrdersToLookAt(database: Pick<Database, 'acrossOrganisations'>, { now, leaseUntil, limit }: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number }): Promise<readonly ClaimedOrder[]> {
  const rows = await database.acrossOrganisations((tx) =>
    tx.query<ClaimedRow>(
      `UPDATE triage_order o SET look_at = $2
       FROM (SELECT organisation_id, id FROM triage_order WHERE look_at <= $1 ORDER BY look_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
       WHERE o.organisation_id = due.organisation_id AND o.id = due.id
       RETURNING o.organisation_id, o.id, o.system, o.told, o.attempts, o.created_at`,
      [now, leaseUntil, limit],
      'triage-order-claim',
    ),
  );
  return rows.map((row) => ({ organisation: OrganisationId.parse(row.organisation_id), id: row.id, system: row.system, told: row.told ?? undefined, attempts: row.attempts, createdAt: row.created_at }));
}

/** Of all organisations of a service. */
export async function countParkedOrders(database: Pick<Database, 'acrossOrganisations'>): Promise<number> {
  const [row] = await database.acrossOrganisations((tx) => tx.query<{ parked: string }>('SELECT count(*) AS parked FROM triage_order WHERE look_at IS NULL AND last_failure IS NOT NULL'));
  return Number(row?.parked ?? 0);
}

interface ToldRow {
  readonly id: string;
  readonly told: string | null;
  readonly state: TellingState;
  readonly attempts: number;
  readonly last_failure: string | null;
  readonly created_at: Date;
  readonly look_at: Date | null;
}

function toTold({ id, told, state, attempts, last_failure, created_at, look_at }: ToldRow): ToldOrder {
  return { id, state, attempts, createdAt: created_at, ...(told !== null && { told }), ...(last_failure !== null && { lastFailure: last_failure }), ...(look_at !== null && { lookAt: look_at }) };
}

interface OrderRow {
  readonly id: string;
  readonly system: string;
  readonly idempotency_key: string;
  readonly fingerprint: string;
}

interface ClaimedRow {
  readonly organisation_id: string;
  readonly id: string;
  readonly system: string;
  readonly told: string | null;
  readonly attempts: number;
  readonly created_at: Date;
}
