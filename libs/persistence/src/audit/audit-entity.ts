import { EntitySchema } from 'typeorm';

/** A row of the log, as it is read back. */
export interface AuditRow {
  readonly organisationId: string;
  /** bigint, as text. */
  readonly sequence: string;
  readonly id: string;
  readonly name: string;
  readonly outcome: string;
  readonly at: Date;
  readonly recordedAt: Date;
  readonly practitioner: string | null;
  readonly practitionerName: string | null;
  readonly practitionerRole: string | null;
  readonly actor: string | null;
  readonly actorName: string | null;
  readonly regisseur: string | null;
  readonly regisseurName: string | null;
  readonly requestingSystem: string | null;
  readonly patient: string | null;
  readonly authorization: string | null;
  readonly token: string | null;
  readonly grounds: string[] | null;
  readonly purposeOfUse: string | null;
  readonly query: string | null;
  readonly resources: string[];
  readonly reason: string | null;
  readonly reference: string | null;
}

export const AuditEntity = new EntitySchema<AuditRow>({
  name: 'AuditEvent',
  tableName: 'audit_event',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    sequence: { type: 'bigint', primary: true },
    id: { type: 'uuid' },
    name: { type: 'text' },
    outcome: { type: 'text' },
    at: { type: 'timestamptz' },
    recordedAt: { name: 'recorded_at', type: 'timestamptz' },
    practitioner: { type: 'text', nullable: true },
    practitionerName: { name: 'practitioner_name', type: 'text', nullable: true },
    practitionerRole: { name: 'practitioner_role', type: 'text', nullable: true },
    actor: { type: 'text', nullable: true },
    actorName: { name: 'actor_name', type: 'text', nullable: true },
    regisseur: { type: 'text', nullable: true },
    regisseurName: { name: 'regisseur_name', type: 'text', nullable: true },
    requestingSystem: { name: 'requesting_system', type: 'text', nullable: true },
    patient: { type: 'text', nullable: true },
    authorization: { name: 'authorization_id', type: 'text', nullable: true },
    token: { type: 'uuid', nullable: true },
    grounds: { type: 'text', array: true, nullable: true },
    purposeOfUse: { name: 'purpose_of_use', type: 'text', nullable: true },
    query: { type: 'text', nullable: true },
    resources: { type: 'text', array: true },
    reason: { type: 'text', nullable: true },
    reference: { type: 'text', nullable: true },
  },
});

/** What a service that keeps a log registers with its database. */
export const auditEntities: readonly EntitySchema[] = [AuditEntity];
