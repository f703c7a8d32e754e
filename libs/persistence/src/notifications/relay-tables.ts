import { type ClaimedMessage, type ClaimRequest, NotificationEvent, type OutboxBacklog, type RelayOutcome, type RelayStore } from '@anw/notifications';
import { Did, OrganisationId } from '@anw/values';
import type { Database, SystemTransaction, Transaction } from '../database/database.js';

interface ClaimedRow {
  readonly organisation_id: string;
  readonly event: unknown;
  readonly jws: string;
  readonly state: 'pending' | 'sent';
  readonly attempts: number;
  readonly created_at: Date;
  readonly bus_taken_at: Date | null;
}

/** The outbox of all organisations of a service, shared by the relays of its replicas. */
export class RelayTables implements RelayStore {
  constructor(private readonly database: Pick<Database, 'acrossOrganisations'>) {}

  /** A claim is a later `next_attempt_at`: nothing needs to be undone when the process that claimed dies. */
  async claimDue({ now, leaseUntil, limit, exceptRecipients }: ClaimRequest): Promise<readonly ClaimedMessage[]> {
    const rows = await this.database.acrossOrganisations((tx) =>
      tx.query<ClaimedRow>(
        `UPDATE notification_outbox o SET next_attempt_at = $2
         FROM (SELECT organisation_id, event_id FROM notification_outbox
               WHERE next_attempt_at <= $1 AND recipient <> ALL ($4)
               ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due
         WHERE o.organisation_id = due.organisation_id AND o.event_id = due.event_id
         RETURNING o.organisation_id, o.event, o.jws, o.state, o.attempts, o.created_at, o.bus_taken_at`,
        [now, leaseUntil, limit, exceptRecipients],
        'outbox-claim',
      ),
    );
    return rows.map(toClaimed).sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  }

  async record(message: ClaimedMessage, outcome: RelayOutcome): Promise<void> {
    await this.database.acrossOrganisations((tx) => recordOutcome(tx, message, outcome));
  }

  async forgetBefore(instant: Date): Promise<void> {
    await this.database.acrossOrganisations(async (tx) => {
      await tx.query('DELETE FROM notification_outbox WHERE next_attempt_at IS NULL AND created_at < $1', [instant]);
      await tx.query('DELETE FROM notification_inbox WHERE received_at < $1', [instant]);
    });
  }
}

/** Notifications of one organisation that wait to be taken, by whom they are for. */
export async function listWaitingByRecipient(tx: Transaction): Promise<ReadonlyMap<Did, { readonly waiting: number; readonly since: Date }>> {
  const rows = await tx.query<{ recipient: string; waiting: string; since: Date }>(
    `SELECT recipient, count(*) AS waiting, min(created_at) AS since FROM notification_outbox WHERE organisation_id = $1 AND next_attempt_at IS NOT NULL AND state = 'pending' GROUP BY recipient`,
    [tx.organisation],
  );
  return new Map(rows.map(({ recipient, waiting, since }) => [Did.parse(recipient), { waiting: Number(waiting), since }]));
}

/** The receipt may overtake us: a message that was received, or given up by another relay, stays as it is. */
async function recordOutcome(tx: SystemTransaction, message: ClaimedMessage, outcome: RelayOutcome): Promise<void> {
  const key = [message.organisation, message.event.id];
  const still = `WHERE organisation_id = $1 AND event_id = $2 AND state IN ('pending', 'sent')`;
  switch (outcome.kind) {
    case 'taken':
      await tx.query(
        `UPDATE notification_outbox SET state = 'sent', attempts = attempts + 1, next_attempt_at = $3, bus_taken_at = coalesce($4, bus_taken_at), last_failure = NULL ${still}`,
        [...key, outcome.nextAttemptAt ?? null, outcome.channel === 'bus' ? outcome.at : null],
        'outbox-taken',
      );
      return;
    case 'failed':
      await tx.query(
        `UPDATE notification_outbox SET attempts = attempts + 1, next_attempt_at = $3, last_failure = $4 ${still}`,
        [...key, outcome.nextAttemptAt, outcome.failure],
        'outbox-failed',
      );
      return;
    case 'expired':
      await tx.query(`UPDATE notification_outbox SET state = 'parked', next_attempt_at = NULL ${still}`, key, 'outbox-expired');
  }
}

function toClaimed(row: ClaimedRow): ClaimedMessage {
  return {
    organisation: OrganisationId.parse(row.organisation_id),
    event: NotificationEvent.parse(row.event),
    jws: row.jws,
    state: row.state,
    attempts: row.attempts,
    createdAt: row.created_at,
    onBusSince: row.bus_taken_at ?? undefined,
  };
}

/** How many notifications of the service wait; receipts that were sent wait for nothing. */
export async function readOutboxBacklog(tx: SystemTransaction): Promise<OutboxBacklog> {
  const [row] = await tx.query<{ pending: string; awaiting: string; parked: string }>(
    `SELECT count(*) FILTER (WHERE state = 'pending') AS pending,
            count(*) FILTER (WHERE state = 'sent' AND next_attempt_at IS NOT NULL) AS awaiting,
            count(*) FILTER (WHERE state = 'parked') AS parked
     FROM notification_outbox`,
  );
  return { pending: Number(row?.pending ?? 0), awaitingReceipt: Number(row?.awaiting ?? 0), parked: Number(row?.parked ?? 0) };
}
