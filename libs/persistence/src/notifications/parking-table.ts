import type { ParkedMessage, Parking } from '@anw/notifications';
import type { OrganisationId } from '@anw/values';
import type { SystemTransaction, Transaction } from '../database/database.js';
import { ParkedEntity, type ParkedRow } from './notification-entities.js';

/** So that a stranger who sends rubbish fills no disk: the oldest make room. */
const MAX_PARKED = 1_000;

/** The messages that one organisation could not understand or verify. */
export class ParkingTable implements Parking {
  constructor(private readonly tx: Transaction) {}

  async park(message: ParkedMessage): Promise<void> {
    const row = { organisationId: this.tx.organisation, ...message };
    await this.tx.manager.createQueryBuilder().insert().into(ParkedEntity).values(row).orIgnore().execute();
    await this.tx.query(
      `DELETE FROM notification_parked WHERE organisation_id = $1 AND id IN (
         SELECT id FROM notification_parked WHERE organisation_id = $1 ORDER BY received_at DESC, id OFFSET $2)`,
      [this.tx.organisation, MAX_PARKED],
    );
  }

  async listParked(limit: number): Promise<readonly ParkedMessage[]> {
    const rows = await this.tx.manager.find(ParkedEntity, {
      where: { organisationId: this.tx.organisation },
      order: { receivedAt: 'DESC' },
      take: limit,
    });
    return rows.map(toParkedMessage);
  }
}

/** The parked messages of all organisations of the service, newest first, for the operator. */
export async function listParkedEverywhere(tx: SystemTransaction, limit: number): Promise<readonly (ParkedMessage & { readonly organisation: OrganisationId })[]> {
  const rows = await tx.manager.find(ParkedEntity, { order: { receivedAt: 'DESC' }, take: limit });
  return rows.map((row) => ({ organisation: row.organisationId as OrganisationId, ...toParkedMessage(row) }));
}

function toParkedMessage(row: ParkedRow): ParkedMessage {
  return { id: row.id, channel: row.channel, reason: row.reason, receivedAt: row.receivedAt, size: row.size };
}
