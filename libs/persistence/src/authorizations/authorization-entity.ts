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
  readonly homeAccess: boolean;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly issuedAt: Date;
  readonly issuedBy: string;
  readonly offer: string;
  readonly receivedAt: Date | null;
  readonly openedAt: Date | null;
  readonly refusedAt: Date | null;
  readonly revokedAt: Date | null;
  readonly reportedAt: Date | null;
  readonly revokedBy: string | null;
  readonly revokeReason: string | null;
  readonly openBefore: Date | null;
  readonly alarmAt: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: string | null;
  readonly follows: string | null;
  readonly followsHow: 'reassigned' | 'extended' | null;
  readonly replacedBy: string | null;
  readonly extendedSince: Date | null;
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
    homeAccess: { name: 'home_access', type: 'boolean' },
    validFrom: { name: 'valid_from', type: 'timestamptz' },
    validUntil: { name: 'valid_until', type: 'timestamptz' },
    issuedAt: { name: 'issued_at', type: 'timestamptz' },
    issuedBy: { name: 'issued_by', type: 'text' },
    offer: { type: 'uuid' },
    receivedAt: { name: 'received_at', type: 'timestamptz', nullable: true },
    openedAt: { name: 'opened_at', type: 'timestamptz', nullable: true },
    refusedAt: { name: 'refused_at', type: 'timestamptz', nullable: true },
    revokedAt: { name: 'revoked_at', type: 'timestamptz', nullable: true },
    reportedAt: { name: 'reported_at', type: 'timestamptz', nullable: true },
    revokedBy: { name: 'revoked_by', type: 'text', nullable: true },
    revokeReason: { name: 'revoke_reason', type: 'text', nullable: true },
    openBefore: { name: 'open_before', type: 'timestamptz', nullable: true },
    alarmAt: { name: 'alarm_at', type: 'timestamptz', nullable: true },
    acknowledgedAt: { name: 'acknowledged_at', type: 'timestamptz', nullable: true },
    acknowledgedBy: { name: 'acknowledged_by', type: 'text', nullable: true },
    follows: { type: 'uuid', nullable: true },
    followsHow: { name: 'follows_how', type: 'text', nullable: true },
    replacedBy: { name: 'replaced_by', type: 'uuid', nullable: true },
    extendedSince: { name: 'extended_since', type: 'timestamptz', nullable: true },
  },
});
