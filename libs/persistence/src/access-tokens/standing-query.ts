import type { Standing, StandingQuestion } from '@anw/authorization';
import { Did, DidUrl, PatientHandle, PatientId } from '@anw/values';

/** SQL expressions for what a standing is looked up by. */
export interface StandingKeys {
  readonly organisation: string;
  readonly regisseur: string;
  readonly actor: string;
  readonly authorization: string;
  readonly delegation: string;
  readonly handle: string;
  readonly at: string;
}

export interface StandingRow {
  readonly row_id: string | null;
  readonly row_from: Date;
  readonly row_until: Date;
  readonly delegation_id: string | null;
  readonly delegation_regisseur: string;
  readonly delegation_from: Date;
  readonly delegation_until: Date;
  readonly delegation_max_seconds: number;
  readonly delegation_revoked_at: Date | null;
  readonly enrolment_id: string | null;
  readonly enrolment_patient: string;
  readonly enrolment_regisseur: string;
  readonly enrolment_handle: string;
  readonly enrolment_from: Date;
  readonly enrolment_until: Date;
  readonly revoked: boolean;
}

export const standingColumns = `
  r.id AS row_id, r.valid_from AS row_from, r.valid_until AS row_until,
  d.id AS delegation_id, d.regisseur AS delegation_regisseur, d.valid_from AS delegation_from, d.valid_until AS delegation_until,
  d.max_authorization_seconds AS delegation_max_seconds, d.revoked_at AS delegation_revoked_at,
  e.id AS enrolment_id, e.patient_id AS enrolment_patient, e.regisseur AS enrolment_regisseur, e.handle AS enrolment_handle,
  e.valid_from AS enrolment_from, e.valid_until AS enrolment_until,
  v.authorization_id IS NOT NULL AS revoked`;

/** Allowlist row, delegation, enrolment and pushed revocation, each by its index and each of this organisation only. */
export function standingJoins(key: StandingKeys): string {
  return `
  LEFT JOIN LATERAL (
    SELECT id, valid_from, valid_until FROM allowlist_row
    WHERE organisation_id = ${key.organisation} AND regisseur = ${key.regisseur} AND actor = ${key.actor} AND valid_from <= ${key.at} AND valid_until > ${key.at}
    LIMIT 1) r ON true
  LEFT JOIN issued_delegation d ON d.organisation_id = ${key.organisation} AND d.id = ${key.delegation}
  LEFT JOIN enrolment e ON e.organisation_id = ${key.organisation} AND e.handle = ${key.handle}
  LEFT JOIN pushed_revocation v ON v.organisation_id = ${key.organisation} AND v.issuer = ${key.regisseur} AND v.authorization_id = ${key.authorization}`;
}

export function readStanding(row: StandingRow, question: StandingQuestion): Standing {
  return { question, row: readRow(row, question), delegation: readDelegation(row), enrolment: readEnrolment(row), revoked: row.revoked };
}

function readRow({ row_id: id, row_from: from, row_until: until }: StandingRow, { regisseur, actor }: StandingQuestion): Standing['row'] {
  return id === null ? undefined : { id, regisseur, actor, period: { from, until } };
}

function readDelegation(row: StandingRow): Standing['delegation'] {
  if (row.delegation_id === null) return undefined;
  return {
    id: DidUrl.parse(row.delegation_id),
    regisseur: Did.parse(row.delegation_regisseur),
    period: { from: row.delegation_from, until: row.delegation_until },
    maxAuthorizationSeconds: row.delegation_max_seconds,
    ...(row.delegation_revoked_at !== null && { revokedAt: row.delegation_revoked_at }),
  };
}

function readEnrolment(row: StandingRow): Standing['enrolment'] {
  if (row.enrolment_id === null) return undefined;
  return {
    id: row.enrolment_id,
    patient: PatientId.parse(row.enrolment_patient),
    regisseur: Did.parse(row.enrolment_regisseur),
    handle: PatientHandle.parse(row.enrolment_handle),
    period: { from: row.enrolment_from, until: row.enrolment_until },
  };
}
