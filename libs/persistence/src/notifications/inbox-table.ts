import type { Inbox, NotificationEvent } from '@anw/notifications';
import type { Transaction } from '../database/database.js';

/** What one organisation has handled. */
export class InboxTable implements Inbox {
  constructor(private readonly tx: Transaction) {}

  /** Waits for another transaction that is storing the same event right now, and answers by its outcome. */
  async accept(event: NotificationEvent, receivedAt: Date): Promise<boolean> {
    const stored = await this.tx.query(
      `INSERT INTO notification_inbox (organisation_id, event_id, source, type, received_at)
       VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING 1`,
      [this.tx.organisation, event.id, event.source, event.type, receivedAt],
      'inbox-accept',
    );
    return stored.length === 1;
  }

  async has(event: NotificationEvent): Promise<boolean> {
    const found = await this.tx.query(
      'SELECT 1 FROM notification_inbox WHERE organisation_id = $1 AND event_id = $2 AND source = $3',
      [this.tx.organisation, event.id, event.source],
      'inbox-has',
    );
    return found.length === 1;
  }
}
