import type { EmployeeIdentifier, OrganisationId } from '@anw/values';
import type { SystemTransaction, Transaction } from '../database/database.js';
import type { SealedText } from '../sealing/sealing.js';

/** A browser that hears what changes for a nurse. */
export interface StoredPushSubscription extends SealedText {
  readonly organisation: OrganisationId;
  /** hex SHA-256 of its endpoint. */
  readonly endpointHash: string;
  readonly practitioner: EmployeeIdentifier;
  /** Of the session in which it was made: it goes when she logs out. */
  readonly sessionHash: string;
  readonly expiresAt: Date;
}

/** A browser belongs to who used it last: of any organisation of this service, an earlier one of the same endpoint goes. */
export async function savePushSubscription(tx: SystemTransaction, { organisation, endpointHash, practitioner, sessionHash, encryptionKeyId, sealed, expiresAt }: StoredPushSubscription): Promise<void> {
  await tx.query('DELETE FROM push_subscription WHERE endpoint_hash = $1 AND (organisation_id, practitioner) IS DISTINCT FROM ($2::uuid, $3::text)', [endpointHash, organisation, practitioner]);
  await tx.query(
    `INSERT INTO push_subscription (organisation_id, endpoint_hash, practitioner, session_hash, encryption_key_id, sealed, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (endpoint_hash) DO UPDATE SET organisation_id = EXCLUDED.organisation_id, practitioner = EXCLUDED.practitioner, session_hash = EXCLUDED.session_hash,
       encryption_key_id = EXCLUDED.encryption_key_id, sealed = EXCLUDED.sealed, expires_at = EXCLUDED.expires_at`,
    [organisation, endpointHash, practitioner, sessionHash, encryptionKeyId, Buffer.from(sealed), expiresAt],
  );
}

export async function forgetPushSubscriptionsOfSession(tx: SystemTransaction, sessionHash: string): Promise<void> {
  await tx.query('DELETE FROM push_subscription WHERE session_hash = $1', [sessionHash]);
}

export async function forgetExpiredPushSubscriptions(tx: SystemTransaction, now: Date): Promise<void> {
  await tx.query('DELETE FROM push_subscription WHERE expires_at <= $1', [now]);
}

/** Browsers of the nurses of the transaction's organisation. */
export class PushSubscriptionTable {
  constructor(private readonly tx: Transaction) {}

  async forget(endpointHash: string): Promise<void> {
    await this.tx.query('DELETE FROM push_subscription WHERE organisation_id = $1 AND endpoint_hash = $2', [this.tx.organisation, endpointHash]);
  }

  async forgetOfPractitioner(practitioner: EmployeeIdentifier): Promise<void> {
    await this.tx.query('DELETE FROM push_subscription WHERE organisation_id = $1 AND practitioner = $2', [this.tx.organisation, practitioner]);
  }

  async has(endpointHash: string, practitioner: EmployeeIdentifier): Promise<boolean> {
    const found = await this.tx.query('SELECT 1 FROM push_subscription WHERE organisation_id = $1 AND endpoint_hash = $2 AND practitioner = $3', [this.tx.organisation, endpointHash, practitioner]);
    return found.length === 1;
  }
}
