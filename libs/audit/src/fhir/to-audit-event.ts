import { ANW_PURPOSE_OF_USE, type Did } from '@anw/values';
import { isIP } from 'node:net';
import type { AuditEvent } from '../audit-event.js';
import type { AuditEventAgent, AuditEventEntity, AuditEventResource, CodeableConcept, Reference } from './audit-event-resource.js';
import { eventCodes, outcomeCodes, subtypesOf } from './event-codes.js';

/** The system whose log it is. */
export interface LogSource {
  readonly did: Did;
  readonly displayName: string;
  /** Base URL of its partner door, for it is there that strangers come in. */
  readonly endpoint: string;
}

const BALP = 'https://profiles.ihe.net/ITI/BALP/StructureDefinition';
const DCM = 'http://dicom.nema.org/resources/ontology/DCM';
const PARTICIPATION = 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType';
const ENTITY_TYPE = 'http://terminology.hl7.org/CodeSystem/audit-entity-type';
const OBJECT_ROLE = 'http://terminology.hl7.org/CodeSystem/object-role';
const URI = 'urn:ietf:rfc:3986';

/**
 * A row of the log as FHIR R4 AuditEvent in the shape of IHE BALP 1.1 (spec anw-fhir-profiles §8). A profile is claimed
 * only where the row holds all that it asks: successes with one patient and a system that we know by name.
 */
export function toAuditEvent(event: AuditEvent, source: LogSource): AuditEventResource {
  const { type, action } = eventCodes[event.name];
  const agent = [...clientAgents(event), serverAgent(event, source), ...userAgents(event, source), ...organisationAgents(event)];
  const entity = [...patientEntities(event), ...dataEntities(event), ...queryEntities(event), ...traceEntities(event)];
  const profile = profileOf(event);
  return {
    resourceType: 'AuditEvent',
    id: event.id,
    ...(profile && { meta: { profile: [profile] } }),
    type,
    subtype: subtypesOf(event),
    action,
    recorded: event.at.toISOString(),
    outcome: outcomeCodes[event.outcome],
    ...(event.outcome !== 'success' && event.reason !== undefined && { outcomeDesc: event.reason }),
    ...(event.purposeOfUse === ANW_PURPOSE_OF_USE && { purposeOfEvent: [treatment] }),
    agent,
    source: { site: source.did, observer: organisationReference(source.did, source.displayName), type: [{ system: 'http://terminology.hl7.org/CodeSystem/security-source-type', code: '4', display: 'Application Server' }] },
    ...(entity.length > 0 && { entity }),
  };
}

const profiles = { 'fhir.search': 'PatientQuery', 'fhir.read': 'PatientRead', 'fhir.create': 'PatientCreate' } as const;

function profileOf(event: AuditEvent): string | undefined {
  const { name, outcome, patient, requestingSystem, query, resources = [] } = event;
  if (outcome !== 'success' || patient === undefined || !isAddress(requestingSystem) || !isFhirDisclosure(name)) return undefined;
  const isWhole = name === 'fhir.search' ? query !== undefined : resources.length === 1;
  return isWhole ? `${BALP}/IHE.BasicAudit.${profiles[name]}` : undefined;
}

function isFhirDisclosure(name: AuditEvent['name']): name is keyof typeof profiles {
  return Object.hasOwn(profiles, name);
}

const treatment: CodeableConcept = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'TREAT', display: 'treatment' }] };
const sourceRole: CodeableConcept = { coding: [{ system: DCM, code: '110153', display: 'Source Role ID' }] };
const destinationRole: CodeableConcept = { coding: [{ system: DCM, code: '110152', display: 'Destination Role ID' }] };

/** BALP: a question flows from the client to the server, what is read the other way. */
function isRead({ name }: AuditEvent): boolean {
  return name === 'fhir.read';
}

function clientAgents(event: AuditEvent): readonly AuditEventAgent[] {
  const { requestingSystem: system } = event;
  if (system === undefined) return [];
  return [
    {
      type: isRead(event) ? destinationRole : sourceRole,
      who: { identifier: { value: system } },
      requestor: event.practitioner === undefined,
      ...(isAddress(system) && { network: { address: system, type: isIP(system) === 0 ? '1' : '2' } }),
    },
  ];
}

/** A host name or an IP address; a system that showed a certificate without a name is known by the certificate's thumbprint. */
function isAddress(system: string | undefined): system is string {
  return system !== undefined && (isIP(system) !== 0 || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(system));
}

function serverAgent(event: AuditEvent, { did, displayName, endpoint }: LogSource): AuditEventAgent {
  return {
    type: isRead(event) ? sourceRole : destinationRole,
    who: organisationReference(did, displayName),
    requestor: false,
    network: { address: endpoint, type: '5' },
  };
}

/** The natural person: an employee number is unique within her organisation, which therefore is its system. */
function userAgents(event: AuditEvent, source: LogSource): readonly AuditEventAgent[] {
  const { practitioner, actor, purposeOfUse } = event;
  if (practitioner === undefined) return [];
  const participation = event.name === 'fhir.create' ? { code: 'AUT', display: 'author (originator)' } : { code: 'IRCP', display: 'information recipient' };
  return [
    {
      type: { coding: [{ system: PARTICIPATION, ...participation }] },
      ...(practitioner.roleName !== undefined && { role: [{ text: practitioner.roleName }] }),
      who: { identifier: { system: actor ?? source.did, value: practitioner.identifier }, ...(practitioner.name !== undefined && { display: practitioner.name }) },
      altId: practitioner.identifier,
      ...(practitioner.name !== undefined && { name: practitioner.name }),
      requestor: true,
      ...policyOf(event),
      ...(purposeOfUse === ANW_PURPOSE_OF_USE && { purposeOfUse: [treatment] }),
    },
  ];
}

/** On whose behalf: the actor; by whose authorization: the regisseur. */
function organisationAgents(event: AuditEvent): readonly AuditEventAgent[] {
  const { actor, actorName, regisseur, regisseurName } = event;
  const policy = event.practitioner === undefined ? policyOf(event) : {};
  const agents: AuditEventAgent[] = [];
  if (actor !== undefined) agents.push({ type: roleClass('PROV', 'healthcare provider'), who: organisationReference(actor, actorName), requestor: false, ...policy });
  if (regisseur !== undefined) agents.push({ type: roleClass('ASSIGNED', 'assigned entity'), who: organisationReference(regisseur, regisseurName), requestor: false, ...(actor === undefined && policy) });
  return agents;
}

/** On what: the authorization, what stood behind it, and the access token that was issued on it. */
function policyOf({ authorization, grounds = [], token }: AuditEvent): Pick<AuditEventAgent, 'policy'> {
  const policy = [...(authorization === undefined ? [] : [authorization]), ...grounds, ...(token === undefined ? [] : [`urn:ietf:params:oauth:jti:${token}`])];
  return policy.length === 0 ? {} : { policy };
}

function roleClass(code: string, display: string): CodeableConcept {
  return { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-RoleClass', code, display }] };
}

function organisationReference(did: Did, display?: string): Reference {
  return { type: 'Organization', identifier: { system: URI, value: did }, ...(display !== undefined && { display }) };
}

const systemObject = { system: ENTITY_TYPE, code: '2', display: 'System Object' } as const;

/** PatientQuery allows one entity of type 2, the query; what a search disclosed is told with the patient. */
function patientEntities({ name, patient, resources = [] }: AuditEvent): readonly AuditEventEntity[] {
  if (patient === undefined) return [];
  const disclosed = name === 'fhir.search' ? resources.map((valueString) => ({ type: 'disclosed', valueString })) : [];
  return [
    {
      what: { reference: `Patient/${patient}`, type: 'Patient' },
      type: { system: ENTITY_TYPE, code: '1', display: 'Person' },
      role: { system: OBJECT_ROLE, code: '1', display: 'Patient' },
      ...(disclosed.length > 0 && { detail: disclosed }),
    },
  ];
}

function dataEntities({ name, resources = [] }: AuditEvent): readonly AuditEventEntity[] {
  if (name === 'fhir.search') return [];
  return resources.map((reference) => ({ what: { reference }, type: systemObject, role: { system: OBJECT_ROLE, code: '4', display: 'Domain Resource' } }));
}

/** The request as it was accepted: without the patient, who is in an entity of her own. */
function queryEntities({ name, query }: AuditEvent): readonly AuditEventEntity[] {
  if (query === undefined || name === 'fhir.read' || name === 'fhir.create') return [];
  if (name !== 'fhir.search') return [{ type: { system: ENTITY_TYPE, code: '4', display: 'Other' }, description: query }];
  return [{ type: systemObject, role: { system: OBJECT_ROLE, code: '24', display: 'Query' }, description: query, query: Buffer.from(`GET ${query}`, 'utf8').toString('base64') }];
}

function traceEntities({ reference }: AuditEvent): readonly AuditEventEntity[] {
  if (reference === undefined) return [];
  return [{ what: { identifier: { value: reference } }, type: { system: 'https://profiles.ihe.net/ITI/BALP/CodeSystem/BasicAuditEntityType', code: 'XrequestId' } }];
}
