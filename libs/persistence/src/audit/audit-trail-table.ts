import { type AuditEvent, auditEventNames, auditOutcomes, type AuditTrail } from '@anw/audit';
import { Did, DidUrl, PatientId } from '@anw/values';
import { z } from 'zod';
import type { Transaction } from '../database/database.js';
import { AuditEntity, type AuditRow } from './audit-entity.js';

/** Reads the log of the transaction's organisation. */
export class AuditTrailTable implements AuditTrail {
  constructor(private readonly tx: Transaction) {}

  async listEvents({ patient, reference, name, limit }: Parameters<AuditTrail['listEvents']>[0]): Promise<readonly AuditEvent[]> {
    const rows = await this.tx.manager.find(AuditEntity, {
      where: { organisationId: this.tx.organisation, ...(patient !== undefined && { patient }), ...(reference !== undefined && { reference }), ...(name !== undefined && { name }) },
      order: { sequence: 'DESC' },
      take: limit,
    });
    return rows.map(toAuditEventOfRow);
  }
}

const storedEvent = z.object({
  id: z.uuid(),
  name: z.enum(auditEventNames),
  outcome: z.enum(auditOutcomes),
  at: z.date(),
  practitioner: z.object({ identifier: z.string(), name: z.string().optional(), roleName: z.string().optional() }).optional(),
  actor: Did.optional(),
  actorName: z.string().optional(),
  regisseur: Did.optional(),
  regisseurName: z.string().optional(),
  requestingSystem: z.string().optional(),
  patient: PatientId.optional(),
  authorization: DidUrl.optional(),
  token: z.uuid().optional(),
  grounds: z.array(z.string()).optional(),
  purposeOfUse: z.string().optional(),
  query: z.string().optional(),
  resources: z.array(z.string()),
  reason: z.string().optional(),
  reference: z.string().optional(),
});

/** What the row tells, as it was told. */
export function toAuditEventOfRow(row: AuditRow): AuditEvent {
  const { practitioner: identifier, practitionerName: name, practitionerRole: roleName, ...rest } = withoutNulls(row);
  return storedEvent.parse({ ...rest, ...(identifier !== undefined && { practitioner: { identifier, name, roleName } }) });
}

function withoutNulls(row: AuditRow): Record<string, unknown> {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
