import { NotificationEvent, type Outbox, type OutboxMessage } from '@anw/notifications';
import type { Did } from '@anw/values';
import type { Transaction } from '../database/database.js';
import { OutboxEntity, type OutboxRow } from './notification-entities.js';

/** The outbox of one organisation. */
export class OutboxTable implements Outbox {
  constructor(private readonly tx: Transaction) {}

  /** Due at once. Putting the same event again changes nothing. */
  async put(event: NotificationEvent, jws: string): Promise<void> {
    await this.tx.query(
      `INSERT INTO notification_outbox (organisation_id, event_id, recipient, event, jws, created_at, next_attempt_at)
       VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT (organisation_id, event_id) DO NOTHING`,
      [this.tx.organisation, event.id, event.data.recipient, JSON.stringify(event), jws, event.time],
      'outbox-put',
    );
  }

  async markReceived(eventId: string, at: Date, by: Did): Promise<void> {
    await this.tx.query(
      `UPDATE notification_outbox SET state = 'received', received_at = $4, next_attempt_at = NULL, last_failure = NULL
       WHERE organisation_id = $1 AND event_id = $2 AND recipient = $3 AND state <> 'received'`,
      [this.tx.organisation, eventId, by, at],
      'outbox-mark-received',
    );
  }

  async findMessage(eventId: string): Promise<OutboxMessage | undefined> {
    const row = await this.tx.manager.findOneBy(OutboxEntity, { organisationId: this.tx.organisation, eventId });
    return row === null ? undefined : toMessage(row);
  }

  /** What the recipient has not confirmed yet and is still being sent; oldest first. */
  async listUndelivered(): Promise<readonly NotificationEvent[]> {
    const rows = await this.tx.query<{ event: unknown }>(
      `SELECT event FROM notification_outbox WHERE organisation_id = $1 AND state IN ('pending', 'sent') AND next_attempt_at IS NOT NULL ORDER BY created_at`,
      [this.tx.organisation],
    );
    return rows.map(({ event }) => NotificationEvent.parse(event));
  }

  /** The same event under another signature, due now. */
  async replaceSignature(eventId: string, jws: string, now: Date): Promise<void> {
    await this.tx.query(
      `UPDATE notification_outbox SET jws = $3, next_attempt_at = $4
       WHERE organisation_id = $1 AND event_id = $2 AND state IN ('pending', 'sent') AND next_attempt_at IS NOT NULL`,
      [this.tx.organisation, eventId, jws, now],
    );
  }

  /** What no channel could bring to its recipient in time; newest first. */
  async listGivenUp(limit: number): Promise<readonly OutboxMessage[]> {
    const rows = await this.tx.manager.find(OutboxEntity, {
      where: { organisationId: this.tx.organisation, state: 'parked' },
      order: { createdAt: 'DESC' },
      take: limit,
    });
    return rows.map(toMessage);
  }
}

function toMessage(row: OutboxRow): OutboxMessage {
  return {
    event: NotificationEvent.parse(row.event),
    jws: row.jws,
    state: row.state,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt ?? undefined,
  };
}
