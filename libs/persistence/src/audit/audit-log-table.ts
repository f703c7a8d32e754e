import type { AuditEvent, AuditLog } from '@anw/audit';
import type { UnwaitingTransaction } from '../database/database.js';

/** The log of the transaction's organisation: the row commits with what it tells of, or neither does. */
export class AuditLogTable implements AuditLog {
  constructor(private readonly tx: UnwaitingTransaction) {}

  async append(event: AuditEvent): Promise<void> {
    await this.tx.query(APPEND, [this.tx.organisation, ...columnsOf(event)], 'audit-append');
  }
}

const APPEND = `
  INSERT INTO audit_event (organisation_id, id, name, outcome, at, practitioner, practitioner_name, practitioner_role, actor, regisseur,
    requesting_system, patient, authorization_id, purpose_of_use, query, resources, reason, reference)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`;

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
  ];
}
