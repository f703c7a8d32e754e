import type { Transaction } from '../database/database.js';
import type { SealedText, Sealing } from '../sealing/sealing.js';

export interface Webhook {
  readonly url: string;
  readonly changedAt: Date;
}

export type WebhookDeliveryState = 'pending' | 'delivered' | 'parked';

export interface ListedDelivery {
  readonly id: string;
  readonly resource: string;
  readonly state: WebhookDeliveryState;
  readonly attempts: number;
  readonly lastFailure?: string;
  readonly createdAt: Date;
  readonly nextAttemptAt?: Date;
  readonly deliveredAt?: Date;
}

/** Bound to nothing but the organisation: each has one. */
const CONTEXT = 'webhook secret';

/** Where the transaction's organisation wants to hear what comes in, in PostgreSQL; the secret is encrypted. */
export class WebhookTable {
  constructor(
    private readonly tx: Transaction,
    private readonly sealing: Sealing,
  ) {}

  async saveWebhook(url: string, secret: string, at: Date): Promise<void> {
    const { encryptionKeyId, sealed } = this.sealing.seal(secret, CONTEXT);
    await this.tx.query(
      `INSERT INTO webhook (organisation_id, url, encryption_key_id, sealed_secret, changed_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (organisation_id) DO UPDATE SET url = EXCLUDED.url, encryption_key_id = EXCLUDED.encryption_key_id, sealed_secret = EXCLUDED.sealed_secret, changed_at = EXCLUDED.changed_at`,
      [this.tx.organisation, url, encryptionKeyId, Buffer.from(sealed), at],
    );
  }

  async findWebhook(): Promise<Webhook | undefined> {
    const [row] = await this.tx.query<{ url: string; changed_at: Date }>('SELECT url, changed_at FROM webhook WHERE organisation_id = $1', [this.tx.organisation]);
    return row && { url: row.url, changedAt: row.changed_at };
  }

  /** With the secret, for whoever sends. */
  async openWebhook(): Promise<{ readonly url: string; readonly secret: string } | undefined> {
    const [row] = await this.tx.query<{ url: string; encryption_key_id: string; sealed_secret: Buffer }>('SELECT url, encryption_key_id, sealed_secret FROM webhook WHERE organisation_id = $1', [this.tx.organisation]);
    return row && { url: row.url, secret: this.sealing.open({ encryptionKeyId: row.encryption_key_id, sealed: row.sealed_secret }, CONTEXT) };
  }

  /** What still waited is not sent any more. Answers false when there was none. */
  async deleteWebhook(): Promise<boolean> {
    const deleted = await this.tx.query('DELETE FROM webhook WHERE organisation_id = $1 RETURNING 1', [this.tx.organisation]);
    await this.tx.query(`UPDATE webhook_delivery SET state = 'parked', next_attempt_at = NULL, last_failure = 'webhook-removed' WHERE organisation_id = $1 AND state = 'pending'`, [this.tx.organisation]);
    return deleted.length === 1;
  }

  /** Seals the secret with the current key when a previous one still holds it. */
  async resealSecret(): Promise<void> {
    const [row] = await this.tx.query<{ url: string; encryption_key_id: string; sealed_secret: Buffer; changed_at: Date }>('SELECT url, encryption_key_id, sealed_secret, changed_at FROM webhook WHERE organisation_id = $1 FOR UPDATE', [this.tx.organisation]);
    if (row === undefined) return;
    const stored: SealedText = { encryptionKeyId: row.encryption_key_id, sealed: row.sealed_secret };
    if (this.sealing.isOutdated(stored)) await this.saveWebhook(row.url, this.sealing.open(stored, CONTEXT), row.changed_at);
  }

  /** Newest first. */
  async listDeliveries(state: WebhookDeliveryState | undefined, limit: number): Promise<readonly ListedDelivery[]> {
    const rows = await this.tx.query<DeliveryRow>(
      `SELECT d.enrichment_id, e.type || '/' || e.resource_id AS resource, d.state, d.attempts, d.last_failure, d.created_at, d.next_attempt_at, d.delivered_at
       FROM webhook_delivery d JOIN dossier_enrichment e ON e.organisation_id = d.organisation_id AND e.id = d.enrichment_id
       WHERE d.organisation_id = $1 AND ($2::text IS NULL OR d.state = $2) ORDER BY d.created_at DESC, d.enrichment_id LIMIT $3`,
      [this.tx.organisation, state ?? null, limit],
    );
    return rows.map(fromRow);
  }

  /** Sends again what was parked, now and from the first pause on. Answers how many. */
  async retryParked(now: Date): Promise<number> {
    const retried = await this.tx.query(`UPDATE webhook_delivery SET state = 'pending', attempts = 0, next_attempt_at = $2 WHERE organisation_id = $1 AND state = 'parked' RETURNING 1`, [this.tx.organisation, now]);
    return retried.length;
  }
}

interface DeliveryRow {
  readonly enrichment_id: string;
  readonly resource: string;
  readonly state: WebhookDeliveryState;
  readonly attempts: number;
  readonly last_failure: string | null;
  readonly created_at: Date;
  readonly next_attempt_at: Date | null;
  readonly delivered_at: Date | null;
}

function fromRow(row: DeliveryRow): ListedDelivery {
  return {
    id: row.enrichment_id,
    resource: row.resource,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    ...(row.last_failure !== null && { lastFailure: row.last_failure }),
    ...(row.next_attempt_at !== null && { nextAttemptAt: row.next_attempt_at }),
    ...(row.delivered_at !== null && { deliveredAt: row.delivered_at }),
  };
}
