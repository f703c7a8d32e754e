import type { Urgency } from '@anw/authorization';
import { EntitySchema } from 'typeorm';

export interface AuthorizationRow {
  readonly organisationId: string;
  readonly id: string;
  readonly credentialId: string;
  readonly credential: string;
  readonly requestId: string;
  readonly careRequestId: string;
  readonly shiftId: string;
  readonly custodian: string;
  readonly custodianName: string;
  readonly actor: string;
  readonly actorName: string;
  readonly practitioner: string;
  readonly practitionerName: string;
  readonly patientHandle: string;
  readonly delegation: string;
  readonly patient: unknown;
  readonly note: string;
  readonly urgency: Urgency;
  readonly visitFrom: Date;
  readonly visitUntil: Date;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly offer: string;
  readonly receivedAt: Date | null;
  readonly openedAt: Date | null;
  readonly refusedAt: Date | null;
  readonly revokedAt: Date | null;
}

export const AuthorizationEntity = new EntitySchema<AuthorizationRow>({
  name: 'IssuedAuthorization',
  tableName: 'issued_authorization',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    id: { type: 'uuid', primary: true },
    credentialId: { name: 'credential_id', type: 'text' },
    credential: { type: 'text' },
    requestId: { name: 'request_id', type: 'uuid' },
    careRequestId: { name: 'care_request_id', type: 'uuid' },
    shiftId: { name: 'shift_id', type: 'uuid' },
    custodian: { type: 'text' },
    custodianName: { name: 'custodian_name', type: 'text' },
    actor: { type: 'text' },
    actorName: { name: 'actor_name', type: 'text' },
    practitioner: { type: 'text' },
    practitionerName: { name: 'practitioner_name', type: 'text' },
    patientHandle: { name: 'patient_handle', type: 'text' },
    delegation: { type: 'text' },
    patient: { type: 'jsonb' },
    note: { type: 'text' },
    urgency: { type: 'text' },
    visitFrom: { name: 'visit_from', type: 'timestamptz' },
    visitUntil: { name: 'visit_until', type: 'timestamptz' },
    validFrom: { name: 'valid_from', type: 'timestamptz' },
    validUntil: { name: 'valid_until', type: 'timestamptz' },
    issuedAt: { name: 'issued_at', type: 'timestamptz' },
    issuedBy: { name: 'issued_by', type: 'text' },
    offer: { type: 'uuid' },
    receivedAt: { name: 'received_at', type: 'timestamptz', nullable: true },
    openedAt: { name: 'opened_at', type: 'timestamptz', nullable: true },
    refusedAt: { name: 'refused_at', type: 'timestamptz', nullable: true },
    revokedAt: { name: 'revoked_at', type: 'timestamptz', nullable: true },
  },
});
