import { PatientId } from '@anw/values';
import type { FhirResource } from '../fhir-resource.js';
import { codeToken } from './code-systems.js';
import { tellingTokens, type Zib, zibs } from './zibs.js';

/** What a search may look for in a resource: `code` = `http://loinc.org|85354-9`. */
export interface SearchToken {
  readonly parameter: string;
  readonly token: string;
}

/** How to find, per type of chapter 4, whose it is, when it was and by which codes it is searched (FHIR R4 search parameters). */
interface TypeFacts {
  /** Element that refers to the patient. Absent: the type belongs to no patient. */
  readonly patient?: string;
  /** Elements that date it, first one present wins. */
  readonly dates: readonly string[];
  /** Search parameter → path of its codes. */
  readonly tokens: Readonly<Record<string, readonly string[]>>;
}

const observed = ['effectiveDateTime', 'effectiveInstant', 'effectivePeriod.start', 'effectivePeriod.end', 'issued'];

const typeFacts: Readonly<Record<string, TypeFacts>> = {
  Patient: { dates: [], tokens: {} },
  Observation: { patient: 'subject', dates: observed, tokens: { code: ['code'], category: ['category'] } },
  Composition: { patient: 'subject', dates: ['date'], tokens: { type: ['type'] } },
  DiagnosticReport: { patient: 'subject', dates: observed, tokens: { code: ['code'] } },
  Condition: { patient: 'subject', dates: ['recordedDate', 'onsetDateTime'], tokens: { 'clinical-status': ['clinicalStatus'], category: ['category'] } },
  EpisodeOfCare: { patient: 'patient', dates: ['period.start'], tokens: { status: ['status'] } },
  AllergyIntolerance: { patient: 'patient', dates: ['recordedDate', 'onsetDateTime'], tokens: { 'clinical-status': ['clinicalStatus'] } },
  FamilyMemberHistory: { patient: 'patient', dates: ['date'], tokens: { status: ['status'] } },
  Goal: { patient: 'subject', dates: ['startDate'], tokens: { 'lifecycle-status': ['lifecycleStatus'] } },
  RelatedPerson: { patient: 'patient', dates: ['period.start'], tokens: {} },
  Immunization: { patient: 'patient', dates: ['occurrenceDateTime', 'recorded'], tokens: { status: ['status'] } },
  ImmunizationRecommendation: { patient: 'patient', dates: ['date'], tokens: {} },
  Flag: { patient: 'subject', dates: ['period.start'], tokens: { category: ['category'] } },
  Consent: { patient: 'patient', dates: ['dateTime'], tokens: { category: ['category'] } },
  CarePlan: { patient: 'subject', dates: ['created', 'period.start'], tokens: { category: ['category'] } },
  Procedure: { patient: 'subject', dates: ['performedDateTime', 'performedPeriod.start'], tokens: { category: ['category'] } },
  ServiceRequest: { patient: 'subject', dates: ['authoredOn', 'occurrenceDateTime'], tokens: { status: ['status'] } },
  DeviceUseStatement: { patient: 'subject', dates: ['recordedOn', 'timingDateTime', 'timingPeriod.start'], tokens: {} },
  Device: { patient: 'patient', dates: [], tokens: {} },
  Specimen: { patient: 'subject', dates: ['receivedTime'], tokens: {} },
  Media: { patient: 'subject', dates: ['createdDateTime'], tokens: {} },
  MedicationStatement: { patient: 'subject', dates: ['effectiveDateTime', 'effectivePeriod.start', 'dateAsserted'], tokens: { category: ['category'] } },
  MedicationAdministration: { patient: 'subject', dates: ['effectiveDateTime', 'effectivePeriod.start'], tokens: { category: ['category'] } },
  MedicationRequest: { patient: 'subject', dates: ['authoredOn'], tokens: { category: ['category'] } },
  MedicationDispense: { patient: 'subject', dates: ['whenHandedOver', 'whenPrepared'], tokens: { category: ['category'] } },
};

/** Elements by which types outside the table name their patient; a resource that has one is that patient's. */
const patientElements = ['patient', 'subject'];

/**
 * Whose resource it is: its own id for a Patient, else the patient that its type's element refers to by a relative
 * literal reference. `undefined` when it belongs to nobody or says so in a form we do not take.
 */
export function patientOf(resource: FhirResource): PatientId | undefined {
  if (resource.resourceType === 'Patient') return patientId(resource.id);
  const element = typeFacts[resource.resourceType]?.patient;
  const elements = element === undefined ? patientElements : [element];
  return elements.map((name) => patientId(/^Patient\/([^/]+)$/.exec(referenceAt(resource, name) ?? '')?.[1])).find((found) => found !== undefined);
}

/** Whether a resource of this type without a patient is a fault: nobody could ever be authorised to see it. */
export function needsPatient(type: string): boolean {
  return type !== 'Device' && typeFacts[type]?.patient !== undefined;
}

/** When it happened, by which `_sort=-date` sorts; `undefined` when it does not say or says nonsense. */
export function dateOf(resource: FhirResource): Date | undefined {
  for (const path of typeFacts[resource.resourceType]?.dates ?? []) {
    const [text] = valuesAt(resource, path.split('.'));
    const date = typeof text === 'string' ? new Date(text) : undefined;
    if (date !== undefined && !Number.isNaN(date.getTime())) return date;
  }
  return undefined;
}

/** Every code by which a search can find it, each once; and its profile where nothing but the lack of a code tells it. */
export function searchTokensOf(resource: FhirResource): readonly SearchToken[] {
  const coded = codedTokensOf(resource);
  const zib = zibAmong(resource, coded);
  const toldByLack = zib?.profile !== undefined && zib.recognisedBy === undefined && typesToldApart.has(zib.type);
  return toldByLack ? [...coded, { parameter: '_profile', token: zib.profile }] : coded;
}

/** Types of which one zib is what no code says otherwise: a problem, a procedure. */
const typesToldApart: ReadonlySet<string> = new Set(
  zibs.filter(({ recognisedBy }) => recognisedBy === undefined).map(({ type }) => type).filter((type) => zibs.some((zib) => zib.type === type && zib.recognisedBy !== undefined)),
);

function codedTokensOf(resource: FhirResource): readonly SearchToken[] {
  const paths = typeFacts[resource.resourceType]?.tokens ?? {};
  const found = Object.entries(paths).flatMap(([parameter, path]) => tokensAt(resource, path).map((token) => ({ parameter, token })));
  return [...new Map(found.map((each) => [`${each.parameter} ${each.token}`, each])).values()];
}

/**
 * The zib that a resource is an instance of, by its codes; `undefined` when none or when more than one fits. A code
 * tells more than a type: a Procedure of the category of a restriction of freedom is that, every other one a procedure.
 */
export function zibOf(resource: FhirResource): Zib | undefined {
  return zibAmong(resource, codedTokensOf(resource));
}

function zibAmong(resource: FhirResource, tokens: readonly SearchToken[]): Zib | undefined {
  const ofType = zibs.filter((zib) => zib.type === resource.resourceType);
  const byCode = ofType.filter((zib) => isToldBy(zib, tokens));
  const fitting = byCode.length > 0 ? byCode : ofType.filter((zib) => zib.recognisedBy === undefined);
  return fitting.length === 1 ? fitting[0] : undefined;
}

function isToldBy(zib: Zib, tokens: readonly SearchToken[]): boolean {
  const telling: readonly string[] = tellingTokens(zib);
  return tokens.some(({ parameter, token }) => parameter === zib.recognisedBy?.parameter && telling.includes(token));
}

/** Everything at a path of element names, arrays opened: FHIR repeats an element as an array. */
export function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return [];
  return valuesAt((value as Record<string, unknown>)[name], rest);
}

/** Every literal reference at an element: `Practitioner/12`. */
export function referencesAt(resource: FhirResource, element: string): readonly string[] {
  return valuesAt(resource, [element, 'reference']).filter((each) => typeof each === 'string');
}

function referenceAt(resource: FhirResource, element: string): string | undefined {
  return referencesAt(resource, element)[0];
}

/** A code element searches as its bare code, a coded concept as `system|code`. */
function tokensAt(resource: FhirResource, path: readonly string[]): readonly string[] {
  return valuesAt(resource, path).flatMap((value) => {
    if (typeof value === 'string') return [value];
    return valuesAt(value, ['coding']).flatMap((coding) => {
      const { system, code } = (coding ?? {}) as { system?: unknown; code?: unknown };
      return typeof code === 'string' && typeof system === 'string' ? [codeToken(system, code)] : [];
    });
  });
}

function patientId(text: unknown): PatientId | undefined {
  const parsed = PatientId.safeParse(text);
  return parsed.success ? parsed.data : undefined;
}
