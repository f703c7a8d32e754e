import type { AuditEvent, AuditLog } from '@anw/audit';
import type { UnwaitingTransaction } from '../database/database.js';

/** The log of the transaction's organisation: the row leaves with the commit of what it tells of, and both hold or neither does. */
export class AuditLogTable implements AuditLog {
  constructor(private readonly tx: UnwaitingTransaction) {}

  /** What an organisation was found to be called is remembered, for rows to come that know its DID alone. */
  async append(event: AuditEvent): Promise<void> {
    const { organisation } = this.tx;
    if (event.actor !== undefined && event.actorName !== undefined) this.tx.queryAtCommit(REMEMBER_NAME, [organisation, event.actor, event.actorName], 'audit-remember-name');
    this.tx.queryAtCommit(APPEND, [organisation, ...columnsOf(event)], 'audit-append');
  }
}

/** Writes, and locks, only when there is something new. */
const REMEMBER_NAME = `
  INSERT INTO organisation_name (organisation_id, did, name)
  SELECT $1::uuid, $2::text, $3::text WHERE NOT EXISTS (SELECT FROM organisation_name WHERE organisation_id = $1 AND did = $2 AND name = $3)
  ON CONFLICT (organisation_id, did) DO UPDATE SET name = excluded.name, since = clock_timestamp()`;

const APPEND = `
  INSERT INTO audit_event (organisation_id, id, name, outcome, at, practitioner, practitioner_name, practitioner_role, actor, regisseur,
    requesting_system, patient, authorization_id, purpose_of_use, query, resources, reason, reference, token, grounds, actor_name, regisseur_name)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20,
    coalesce($21, (SELECT name FROM organisation_name WHERE organisation_id = $1 AND did = $9)),
    coalesce($22, (SELECT name FROM organisation_name WHERE organisation_id = $1 AND did = $10)))`;

/** In the order that `APPEND` names them. */
function columnsOf(event: AuditEvent): readonly unknown[] {
  return [
    event.id,
    event.name,
    event.outcome,
    event.at,
    event.practitioner?.identifier,
    event.practitioner?.name,
    event.practitioner?.roleName,
    event.actor,
    event.regisseur,
    event.requestingSystem,
    event.patient,
    event.authorization,
    event.purposeOfUse,
    event.query,
    event.resources ?? [],
    event.reason,
    event.reference,
    event.token,
    event.grounds,
    event.actorName,
    event.regisseurName,
  ];
}
