import { type EmployeeIdentifier, OrganisationId } from '@anw/values';
import type { SystemTransaction, Transaction } from '../database/database.js';
import type { SealedText } from '../sealing/sealing.js';

/** A notice that one sender has claimed: no other touches it until the lease ends. */
export interface ClaimedPushMessage extends SealedText {
  readonly organisation: OrganisationId;
  readonly endpointHash: string;
  readonly notice: string;
  readonly queuedAt: Date;
  readonly attempts: number;
  /** Names this claim: what was queued again since is left alone. */
  readonly leaseUntil: Date;
}

/** Notices on their way to browsers of the transaction's organisation; a transaction that rolls back sends none. */
export class PushMessageTable {
  constructor(private readonly tx: Transaction) {}

  /** For every browser of this nurse, or of every nurse when nobody is named; one that was not sent yet is replaced. */
  async queueNotice(notice: string, practitioner: EmployeeIdentifier | undefined, at: Date): Promise<void> {
    await this.tx.query(
      `INSERT INTO push_message (organisation_id, endpoint_hash, notice, queued_at, next_attempt_at)
       SELECT organisation_id, endpoint_hash, $2, $3, $3 FROM push_subscription WHERE organisation_id = $1 AND ($4::text IS NULL OR practitioner = $4) AND expires_at > $3
       ON CONFLICT (organisation_id, endpoint_hash, notice) DO UPDATE SET queued_at = EXCLUDED.queued_at, attempts = 0, next_attempt_at = EXCLUDED.next_attempt_at`,
      [this.tx.organisation, notice, at, practitioner ?? null],
      'push-queue',
    );
  }
}

/** A claim is a later `next_attempt_at`: nothing needs to be undone when the process that claimed dies. */
export async function claimDuePushMessages(tx: SystemTransaction, { now, leaseUntil, limit }: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number }): Promise<readonly ClaimedPushMessage[]> {
  const rows = await tx.query<Row>(
    `UPDATE push_message m SET next_attempt_at = $2
     FROM (SELECT organisation_id, endpoint_hash, notice FROM push_message WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due, push_subscription s
     WHERE m.organisation_id = due.organisation_id AND m.endpoint_hash = due.endpoint_hash AND m.notice = due.notice
       AND s.organisation_id = m.organisation_id AND s.endpoint_hash = m.endpoint_hash
     RETURNING m.organisation_id, m.endpoint_hash, m.notice, m.queued_at, m.attempts, s.encryption_key_id, s.sealed`,
    [now, leaseUntil, limit],
    'push-claim',
  );
  return rows.map((row) => ({
    organisation: OrganisationId.parse(row.organisation_id),
    endpointHash: row.endpoint_hash,
    notice: row.notice,
    queuedAt: row.queued_at,
    attempts: row.attempts,
    leaseUntil,
    encryptionKeyId: row.encryption_key_id,
    sealed: row.sealed,
  }));
}

/** Sent, or not worth sending any more. */
export async function dropPushMessage(tx: SystemTransaction, message: ClaimedPushMessage): Promise<void> {
  await tx.query(`DELETE FROM push_message WHERE ${stillClaimed}`, keyOf(message));
}

export async function postponePushMessage(tx: SystemTransaction, message: ClaimedPushMessage, until: Date): Promise<void> {
  await tx.query(`UPDATE push_message SET attempts = attempts + 1, next_attempt_at = $5 WHERE ${stillClaimed}`, [...keyOf(message), until]);
}

const stillClaimed = 'organisation_id = $1 AND endpoint_hash = $2 AND notice = $3 AND next_attempt_at = $4';

function keyOf({ organisation, endpointHash, notice, leaseUntil }: ClaimedPushMessage): readonly unknown[] {
  return [organisation, endpointHash, notice, leaseUntil];
}

interface Row {
  readonly organisation_id: string;
  readonly endpoint_hash: string;
  readonly notice: string;
  readonly queued_at: Date;
  readonly attempts: number;
  readonly encryption_key_id: string;
  readonly sealed: Buffer;
}
