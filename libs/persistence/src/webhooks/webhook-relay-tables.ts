import type { DeliveryOutcome } from '@anw/notifications';
import { Did, DidUrl, OrganisationId, PatientId } from '@anw/values';
import type { Database, SystemTransaction } from '../database/database.js';

/** A delivery that one sender has claimed: no other touches it until the lease ends. */
export interface ClaimedDelivery {
  readonly organisation: OrganisationId;
  readonly id: string;
  readonly attempts: number;
  readonly at: Date;
  readonly resource: string;
  readonly version: string;
  readonly patient: PatientId;
  readonly actor: Did;
  readonly regisseur: Did;
  readonly authorization: DidUrl;
}

/** The webhook deliveries of all organisations of a service, shared by its replicas. */
export class WebhookRelayTables {
  constructor(private readonly database: Pick<Database, 'acrossOrganisations'>) {}

  /** A claim is a later `next_attempt_at`: nothing needs to be undone when the process that claimed dies. */
  async claimDue({ now, leaseUntil, limit }: { readonly now: Date; readonly leaseUntil: Date; readonly limit: number }): Promise<readonly ClaimedDelivery[]> {
    const rows = await this.database.acrossOrganisations((tx) =>
      tx.query<ClaimedRow>(
        `UPDATE webhook_delivery d SET next_attempt_at = $2
         FROM (SELECT organisation_id, enrichment_id FROM webhook_delivery WHERE next_attempt_at <= $1 ORDER BY next_attempt_at LIMIT $3 FOR UPDATE SKIP LOCKED) due, dossier_enrichment e
         WHERE d.organisation_id = due.organisation_id AND d.enrichment_id = due.enrichment_id AND e.organisation_id = d.organisation_id AND e.id = d.enrichment_id
         RETURNING d.organisation_id, d.enrichment_id, d.attempts, e.written_at, e.type || '/' || e.resource_id AS resource, e.version, e.patient_id, e.actor, e.regisseur, e.authorization_id`,
        [now, leaseUntil, limit],
        'webhook-claim',
      ),
    );
    return rows.map(toClaimed);
  }

  async record({ organisation, id }: ClaimedDelivery, outcome: DeliveryOutcome, at: Date): Promise<void> {
    await this.database.acrossOrganisations((tx) => recordOutcome(tx, [organisation, id], outcome, at));
  }

  async countParked(): Promise<number> {
    const [row] = await this.database.acrossOrganisations((tx) => tx.query<{ parked: string }>(`SELECT count(*) AS parked FROM webhook_delivery WHERE state = 'parked'`));
    return Number(row?.parked ?? 0);
  }

  /** Forgets what was delivered before that instant; the list of what came in stays. */
  async forgetDeliveredBefore(instant: Date): Promise<void> {
    await this.database.acrossOrganisations((tx) => tx.query(`DELETE FROM webhook_delivery WHERE state = 'delivered' AND delivered_at < $1`, [instant]));
  }
}

async function recordOutcome(tx: SystemTransaction, key: readonly string[], outcome: DeliveryOutcome, at: Date): Promise<void> {
  const still = `WHERE organisation_id = $1 AND enrichment_id = $2 AND state = 'pending'`;
  switch (outcome.kind) {
    case 'delivered':
      await tx.query(`UPDATE webhook_delivery SET state = 'delivered', attempts = attempts + 1, delivered_at = $3, next_attempt_at = NULL, last_failure = NULL ${still}`, [...key, at]);
      return;
    case 'failed':
      await tx.query(`UPDATE webhook_delivery SET attempts = attempts + 1, next_attempt_at = $3, last_failure = $4 ${still}`, [...key, outcome.nextAttemptAt, outcome.failure]);
      return;
    case 'parked':
      await tx.query(`UPDATE webhook_delivery SET state = 'parked', attempts = attempts + 1, next_attempt_at = NULL, last_failure = $3 ${still}`, [...key, outcome.failure]);
  }
}

interface ClaimedRow {
  readonly organisation_id: string;
  readonly enrichment_id: string;
  readonly attempts: number;
  readonly written_at: Date;
  readonly resource: string;
  readonly version: string;
  readonly patient_id: string;
  readonly actor: string;
  readonly regisseur: string;
  readonly authorization_id: string;
}

function toClaimed(row: ClaimedRow): ClaimedDelivery {
  return {
    organisation: OrganisationId.parse(row.organisation_id),
    id: row.enrichment_id,
    attempts: row.attempts,
    at: row.written_at,
    resource: row.resource,
    version: row.version,
    patient: PatientId.parse(row.patient_id),
    actor: Did.parse(row.actor),
    regisseur: Did.parse(row.regisseur),
    authorization: DidUrl.parse(row.authorization_id),
  };
}
