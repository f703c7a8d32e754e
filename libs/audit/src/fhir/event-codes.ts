import type { AuditEvent, AuditEventName, AuditOutcome } from '../audit-event.js';
import type { AuditEventResource, Coding } from './audit-event-resource.js';

const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
/** Our own names of events, beside the general code: one for one what the log calls them. */
const LOG_EVENTS = 'urn:anw:log-event';

const rest: Coding = { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest', display: 'Restful Operation' };
const securityAlert: Coding = { system: DCM, code: '110113', display: 'Security Alert' };
const userAuthentication: Coding = { system: DCM, code: '110114', display: 'User Authentication' };
const applicationActivity: Coding = { system: DCM, code: '110100', display: 'Application Activity' };
const auditLogUsed: Coding = { system: DCM, code: '110101', display: 'Audit Log Used' };
const dataImport: Coding = { system: DCM, code: '110107', display: 'Import' };
const query: Coding = { system: DCM, code: '110112', display: 'Query' };

const login: Coding = { system: DCM, code: '110122', display: 'Login' };
const interaction = (code: string): Coding => ({ system: 'http://hl7.org/fhir/restful-interaction', code });

interface EventCodes {
  readonly type: Coding;
  readonly subtype?: Coding;
  readonly action: AuditEventResource['action'];
}

/** How each of our events reads in FHIR (spec anw-fhir-profiles §8); a new event does not compile until it is placed. */
export const eventCodes: Readonly<Record<AuditEventName, EventCodes>> = {
  'token.granted': { type: securityAlert, action: 'E' },
  'token.refused': { type: securityAlert, action: 'E' },
  'fhir.read': { type: rest, subtype: interaction('read'), action: 'R' },
  'fhir.search': { type: rest, subtype: interaction('search-type'), action: 'E' },
  'fhir.create': { type: rest, subtype: interaction('create'), action: 'C' },
  'fhir.refused': { type: rest, action: 'E' },
  'home-access.revealed': { type: rest, subtype: interaction('read'), action: 'R' },
  'home-access.refused': { type: securityAlert, action: 'R' },
  'home-access.changed': { type: applicationActivity, action: 'U' },
  'enriched.read': { type: query, action: 'R' },
  'webhook.changed': { type: applicationActivity, action: 'U' },
  'patient.searched': { type: query, action: 'E' },
  'precheck.answered': { type: query, action: 'E' },
  'authorization.issued': { type: applicationActivity, action: 'C' },
  'authorization.revoked': { type: applicationActivity, action: 'U' },
  'authorization.pulled': { type: applicationActivity, action: 'R' },
  'authorization.received': { type: applicationActivity, action: 'C' },
  'authorization.opened': { type: applicationActivity, action: 'R' },
  'authorization.reported': { type: applicationActivity, action: 'U' },
  'decision-tree.changed': { type: applicationActivity, action: 'U' },
  'postcodes.changed': { type: applicationActivity, action: 'U' },
  'alarm-times.changed': { type: applicationActivity, action: 'U' },
  'alarm.acknowledged': { type: applicationActivity, action: 'U' },
  'handover.written': { type: applicationActivity, action: 'C' },
  'handover.accepted': { type: applicationActivity, action: 'U' },
  'night.read': { type: applicationActivity, action: 'R' },
  'triage-client.changed': { type: applicationActivity, action: 'U' },
  'authorization.wiped': { type: applicationActivity, action: 'D' },
  'draft.undelivered': { type: applicationActivity, action: 'D' },
  'draft.acknowledged': { type: applicationActivity, action: 'U' },
  'settings.changed': { type: applicationActivity, action: 'U' },
  'allowlist.changed': { type: applicationActivity, action: 'U' },
  'allowlist.read': { type: query, action: 'R' },
  'enrolment.changed': { type: applicationActivity, action: 'U' },
  'enrolment.read': { type: query, action: 'R' },
  'planned-changes.read': { type: query, action: 'R' },
  'partners.read': { type: query, action: 'R' },
  'partner.changed': { type: applicationActivity, action: 'U' },
  'practitioners.read': { type: query, action: 'R' },
  'shift.added': { type: applicationActivity, action: 'C' },
  'shift.ended': { type: applicationActivity, action: 'U' },
  'organisation.added': { type: applicationActivity, action: 'C' },
  'key.created': { type: applicationActivity, action: 'C' },
  'key.rotated': { type: applicationActivity, action: 'U' },
  'key.withdrawn': { type: applicationActivity, action: 'D' },
  'resources.loaded': { type: dataImport, action: 'C' },
  'decision.read': { type: auditLogUsed, action: 'R' },
  'log.read': { type: auditLogUsed, action: 'R' },
  'log.exported': { type: auditLogUsed, action: 'R' },
  'user.logged-in': { type: userAuthentication, subtype: login, action: 'E' },
  'user.login-refused': { type: userAuthentication, subtype: login, action: 'E' },
  'request.refused': { type: securityAlert, action: 'E' },
};

export function subtypesOf({ name }: Pick<AuditEvent, 'name'>): readonly Coding[] {
  const { subtype } = eventCodes[name];
  const own: Coding = { system: LOG_EVENTS, code: name };
  return subtype === undefined ? [own] : [subtype, own];
}

/** DICOM event outcome indicator. */
export const outcomeCodes: Readonly<Record<AuditOutcome, AuditEventResource['outcome']>> = {
  success: '0',
  'minor-failure': '4',
  'serious-failure': '8',
  'major-failure': '12',
};
