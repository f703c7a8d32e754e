import type { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';

/** Everything that goes into the log, closed: a new event is a decision, not an accident. */
export const auditEventNames = [
  'token.granted',
  'token.refused',
  'fhir.read',
  'fhir.search',
  'fhir.create',
  'fhir.refused',
  'home-access.revealed',
  'home-access.refused',
  'home-access.changed',
  'enriched.read',
  'webhook.changed',
  'patient.searched',
  'precheck.answered',
  'authorization.issued',
  'authorization.revoked',
  'authorization.pulled',
  'authorization.received',
  'authorization.opened',
  'authorization.reported',
  'decision-tree.changed',
  'postcodes.changed',
  'alarm-times.changed',
  'alarm.acknowledged',
  'handover.written',
  'handover.accepted',
  'night.read',
  'triage-client.changed',
  'authorization.wiped',
  'draft.undelivered',
  'draft.acknowledged',
  'settings.changed',
  'allowlist.changed',
  'allowlist.read',
  'enrolment.changed',
  'enrolment.read',
  'planned-changes.read',
  'partners.read',
  'partner.changed',
  'shift.added',
  'practitioners.read',
  'shift.ended',
  'organisation.added',
  'key.created',
  'key.rotated',
  'key.withdrawn',
  'resources.loaded',
  'decision.read',
  'log.read',
  'log.exported',
  'user.logged-in',
  'user.login-refused',
  'request.refused',
] as const;
export type AuditEventName = (typeof auditEventNames)[number];

/** How it ended (NEN 7513, DICOM event outcome indicator): success, or a failure and how serious it is. */
export const auditOutcomes = ['success', 'minor-failure', 'serious-failure', 'major-failure'] as const;
export type AuditOutcome = (typeof auditOutcomes)[number];

/** One row of the log: who, for which organisation, about which patient, what, outcome, why (spec anw-fhir-profiles §8). */
export interface AuditEvent {
  readonly id: string;
  readonly name: AuditEventName;
  readonly outcome: AuditOutcome;
  /** Start of handling, UTC. */
  readonly at: Date;
  /** The natural person, as far as known. */
  readonly practitioner?: { readonly identifier: EmployeeIdentifier | string; readonly name?: string; readonly roleName?: string };
  readonly actor?: Did;
  /** What the actor was called then, as a credential that was verified says. */
  readonly actorName?: string;
  readonly regisseur?: Did;
  readonly regisseurName?: string;
  /** Host name or certificate of the system that asked. */
  readonly requestingSystem?: string;
  readonly patient?: PatientId;
  readonly authorization?: DidUrl;
  /** Which access token it was; the reference of the decision that granted it, for the token itself is nobody's to read. */
  readonly token?: string;
  /** What stood behind the authorization when it let somebody in: delegation, allowlist row, enrolment; as URIs. */
  readonly grounds?: readonly string[];
  readonly purposeOfUse?: string;
  /** What was asked, as accepted: `Observation?code=…`. Never clinical content, never a BSN. */
  readonly query?: string;
  /** Versioned references of what was disclosed or written. */
  readonly resources?: readonly string[];
  /** Machine-readable reason of a refusal, which the caller is not told; or the reason that was given for a look at how to get in. */
  readonly reason?: string;
  /** Finds the decision record and this row again. */
  readonly reference?: string;
}

/** Append-only, one organisation; the row is in the same transaction as what it tells of (design D17). */
export interface AuditLog {
  append(event: AuditEvent): Promise<void>;
}

/** Reading the log, for whoever the operator door or the privacy officer's page lets through. */
export interface AuditTrail {
  /** Newest first, at most `limit`. */
  listEvents(filter: { readonly patient?: PatientId; readonly reference?: string; readonly name?: AuditEventName; readonly limit: number }): Promise<readonly AuditEvent[]>;
}
