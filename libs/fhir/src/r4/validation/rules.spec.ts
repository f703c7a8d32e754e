import { InMemoryRecord } from '@anw/testing/parties';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import type { FhirFailure } from '../../fhir-failure.js';
import { type FhirResource, type IdentifiedResource, referenceTo } from '../../fhir-resource.js';
import { stepsOf, type Write } from '../../write-back/write-kinds.js';
import { judgeCreate, type PreparedCreate } from './judge-create.js';
import type { WriteContext } from './write-context.js';

const patient = PatientId.parse('p1');
const now = new Date('2026-06-13T21:10:00Z');
const at = '2026-06-13T21:05:00.000Z';
const subject = { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', patient };
const context: WriteContext = {
  patient,
  origin: {
    actor: Did.parse('did:web:zorg.example:iam:2'),
    regisseur: Did.parse('did:web:regie.example:iam:1'),
    authorization: DidUrl.parse('did:web:regie.example:iam:1#a'),
    practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'M. Okafor' },
  },
  authorizedFrom: new Date('2026-06-13T19:00:00Z'),
  now,
};
const otherAuthorization: WriteContext = { ...context, origin: { ...context.origin, authorization: DidUrl.parse('did:web:regie.example:iam:1#b') } };

const SNOMED = 'http://snomed.info/sct';
const UCUM = 'http://unitsofmeasure.org';
const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

const product = (id: string, code: string): IdentifiedResource => ({ resourceType: 'Medication', id, code: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.4.10', code }] } });

function agreement(id: string, medication: string, changes: object = {}): IdentifiedResource {
  return {
    resourceType: 'MedicationRequest',
    id,
    status: 'active',
    intent: 'order',
    category: [{ coding: [{ system: SNOMED, code: '33633005' }] }],
    medicationReference: { reference: `Medication/${medication}` },
    subject: { reference: 'Patient/p1' },
    dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 1, system: UCUM, code: '1' } }] }],
    ...changes,
  };
}

const periodOfUse = (period: object) => ({ extension: [{ url: `${NICTIZ}/ext-TimeInterval.Period`, valuePeriod: period }] });

/** What the organisation loaded: products, agreements, and a weight of three days ago. */
const loaded: readonly IdentifiedResource[] = [
  { resourceType: 'Patient', id: 'p1' },
  ...['agreed', 'stopped', 'suspended', 'ended', 'ranged', 'unknown-unit', 'of-another', 'dispensed'].map((id, index) => product(id, String(1_000 + index))),
  product('unagreed', '9999'),
  product('twin-of-agreed', '1000'),
  agreement('a1', 'agreed'),
  agreement('a2', 'stopped', { status: 'stopped' }),
  agreement('a3', 'suspended', { modifierExtension: [{ url: `${NICTIZ}/ext-StopType`, valueCodeableConcept: { coding: [{ system: SNOMED, code: '385655000' }] } }] }),
  agreement('a4', 'ended', periodOfUse({ start: '2026-05-01', end: '2026-06-12' })),
  agreement('a5', 'ranged', { dosageInstruction: [{ doseAndRate: [{ doseRange: { low: { value: 1, system: UCUM, code: '1' }, high: { value: 2, system: UCUM, code: '1' } } }] }], ...periodOfUse({ start: '2026-06-13' }) }),
  agreement('a6', 'unknown-unit', { dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 500, system: UCUM, code: 'mg' } }] }] }),
  agreement('a7', 'of-another', { subject: { reference: 'Patient/p2' } }),
  {
    ...agreement('d1', 'dispensed'),
    resourceType: 'MedicationDispense',
    category: { coding: [{ system: SNOMED, code: '422037009' }] },
  },
  {
    resourceType: 'Observation',
    id: 'w1',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: '2026-06-10T09:00:00Z',
    valueQuantity: { value: 80, system: UCUM, code: 'kg' },
  },
  { resourceType: 'RelatedPerson', id: 'r1', patient: { reference: 'Patient/p1' } },
  { resourceType: 'RelatedPerson', id: 'r2', patient: { reference: 'Patient/p2' } },
];

type Outcome = { readonly taken: PreparedCreate } | { readonly refused: FhirFailure };
type Change = (resource: FhirResource) => unknown;

const unchanged: Change = (resource) => resource;

/** Sends every step but the last as it is, and the last as `change` makes it. */
async function send(write: Write, change: Change = unchanged, as: WriteContext = context): Promise<Outcome> {
  const record = new InMemoryRecord(loaded, now);
  const written: { [step: string]: string } = {};
  const steps = stepsOf(write, subject);
  for (const step of steps.slice(0, -1)) {
    const prepared = await prepare(step.create(written), context, record);
    if ('refused' in prepared) throw new Error(JSON.stringify(prepared.refused));
    const created = await record.create(prepared.taken.draft);
    if (created.outcome === 'duplicate') throw new Error('duplicate');
    written[step.name] = referenceTo(created.stored.resource);
  }
  return prepare(change(steps.at(-1)!.create(written)) as FhirResource, as, record);
}

async function prepare(resource: FhirResource, as: WriteContext, record: InMemoryRecord): Promise<Outcome> {
  const judged = judgeCreate(JSON.stringify(resource), resource.resourceType, as);
  const prepared = judged.ok ? await judged.value.checkInRecord(record) : judged;
  return prepared.ok ? { taken: prepared.value } : { refused: prepared.failure };
}

const without = (...elements: string[]): Change => (resource) => Object.fromEntries(Object.entries(resource).filter(([name]) => !elements.includes(name)));
const having = (changes: object): Change => (resource) => ({ ...resource, ...changes });
const quantity = (changes: object): Change => (resource) => ({ ...resource, valueQuantity: { ...(resource['valueQuantity'] as object), ...changes } });
const sections = (map: (section: readonly object[]) => readonly object[]): Change => (resource) => ({ ...resource, section: map(resource['section'] as object[]) });
const members = (...references: string[]): Change => having({ hasMember: references.map((reference) => ({ reference })) });

const bloodPressure: Write = { kind: 'blood-pressure', input: { systolic: 125, diastolic: 75, measuredAt: at } };
const weight: Write = { kind: 'body-weight', input: { weight: 80, unit: 'kg', measuredAt: at } };
const height: Write = { kind: 'body-height', input: { height: 172, unit: 'cm', measuredAt: at } };
const temperature: Write = { kind: 'body-temperature', input: { temperature: 37.4, measuredAt: at } };
const saturation: Write = { kind: 'oxygen-saturation', input: { saturation: 96, measuredAt: at } };
const pulse: Write = { kind: 'pulse-rate', input: { rate: 72, measuredAt: at } };
const pulsePanel: Write = { kind: 'pulse-rate', input: { rate: 72, regularity: 'irregular', measuredAt: at } };
const heartRate: Write = { kind: 'heart-rate', input: { rate: 72, regularity: 'regular', interpretation: 'normal', measuredAt: at } };
const respiration: Write = { kind: 'respiration', input: { rate: 16, measuredAt: at } };
const visus: Write = { kind: 'visual-acuity', input: { acuity: 0.8, eye: 'left', measuredAt: at } };
const report: Write = { kind: 'nursing-report', input: { text: 'Avondzorg geleverd.', writtenAt: at } };
const soap: Write = { kind: 'soap-report', input: { subjective: 'Hoest.', objective: 'Pulmonaal VAG.', evaluation: 'Bijwerking.', plan: 'Rust.', writtenAt: at } };
const result: Write = { kind: 'text-result', input: { type: 'imaging', conclusion: 'Geen afwijkingen.', status: 'final', examinedAt: at } };
const use: Write = { kind: 'medication-use', input: { product: { reference: 'Medication/agreed' }, use: 'active', source: 'patient', assertedAt: at, dose: { amount: 1, unit: 'stuk' } } };
const given: Write = administration('agreed');

function administration(medication: string, changes: Partial<Extract<Write, { kind: 'medication-administration' }>['input']> = {}): Write {
  return {
    kind: 'medication-administration',
    input: { product: { reference: `Medication/${medication}` }, given: true, dose: { amount: 1, unit: 'stuk' }, route: { code: '9', name: 'oraal' }, administeredAt: at, ...changes },
  };
}

/** `rule code expression` of every error. */
async function faults(write: Write, change?: Change, as?: WriteContext): Promise<readonly string[]> {
  const outcome = await send(write, change, as);
  return 'taken' in outcome ? [] : (outcome.refused.issues ?? []).filter(({ severity }) => severity === 'error').map(({ rule, code, expression }) => [rule, code, expression ?? '-'].join(' '));
}

async function warnings(write: Write, change?: Change): Promise<readonly string[]> {
  const outcome = await send(write, change);
  if ('refused' in outcome) throw new Error(JSON.stringify(outcome.refused));
  return outcome.taken.warnings.map(({ rule, expression }) => `${rule} ${expression}`);
}

type Refusal = readonly [rule: string, fault: string, write: Write, change: Change, issue: string];

/** Spec anw-fhir-profiles §9.3, line by line: rule, code and expression. */
const table: readonly Refusal[] = [
  ['VS-CATEGORY', 'without its category', temperature, without('category'), 'required Observation.category'],
  ['VS-SUBJECT', 'without a client', weight, without('subject'), 'required Observation.subject'],
  ['VS-SUBJECT', 'in a SOAP report without a client', soap, without('subject'), 'required Composition.subject'],
  ['VS-SUBJECT', 'in an administration without a client', given, without('subject'), 'required MedicationAdministration.subject'],
  ['VS-EFFECTIVE', 'without a moment', pulse, without('effectiveDateTime'), 'required Observation.effective'],
  ['VS-EFFECTIVE', 'in a SOAP report without a moment', soap, without('date'), 'required Composition.date'],
  ['VS-EFFECTIVE', 'in a statement that was never asserted', use, without('dateAsserted'), 'required MedicationStatement.dateAsserted'],
  ['VS-EFFECTIVE', 'in a result without a moment', result, without('effectiveDateTime'), 'required DiagnosticReport.effective'],
  ['VS-PRECISION', 'with a month alone', height, having({ effectiveDateTime: '2026-06' }), 'invariant Observation.effective'],
  ['VS-PRECISION', 'with a day alone', soap, having({ date: '2026-06-13' }), 'business-rule Composition.date'],
  ['VS-VALUE', 'without a value', respiration, without('valueQuantity'), 'invariant Observation.value'],
  ['VS-FUTURE', 'six minutes ahead', temperature, having({ effectiveDateTime: '2026-06-13T21:16:00Z' }), 'business-rule Observation.effective'],
  ['VS-FUTURE', 'in an administration of tomorrow', given, having({ effectiveDateTime: '2026-06-14T21:05:00Z' }), 'business-rule MedicationAdministration.effective'],
  ['VS-BEFORE', 'before the shift', result, having({ effectiveDateTime: '2026-06-13T18:59:59Z' }), 'business-rule DiagnosticReport.effective'],
  ['VS-RANGE', 'with a slipped decimal point', temperature, quantity({ value: 374 }), 'business-rule Observation.value'],
  ['BP-COMPONENT', 'without the lower pressure', bloodPressure, (resource) => ({ ...resource, component: (resource['component'] as object[]).slice(0, 1) }), 'required Observation.component'],
  [
    'BP-UNIT',
    'in kilopascal',
    bloodPressure,
    (resource) => JSON.parse(JSON.stringify(resource).replace('mm[Hg]', 'kPa')),
    'code-invalid Observation.component[0].value.code',
  ],
  ['BP-ORDER', 'with both pressures alike', bloodPressure, (resource) => JSON.parse(JSON.stringify(resource).replace('"value":125', '"value":75')), 'business-rule Observation.component'],
  ['WEIGHT-UNIT', 'in pounds', weight, quantity({ code: '[lb_av]' }), 'code-invalid Observation.value.code'],
  ['HEIGHT-UNIT', 'in inches', height, quantity({ code: '[in_i]' }), 'code-invalid Observation.value.code'],
  ['TEMP-UNIT', 'in Fahrenheit', temperature, quantity({ code: '[degF]' }), 'code-invalid Observation.value.code'],
  [
    'TEMP-TYPE',
    'at an unknown site',
    temperature,
    having({ code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }, { system: SNOMED, code: '1' }] } }),
    'code-invalid Observation.code.coding',
  ],
  ['O2-CODE', 'with one of its codes', saturation, having({ code: { coding: [{ system: 'http://loinc.org', code: '59408-5' }] } }), 'code-invalid Observation.code'],
  ['O2-UNIT', 'as a fraction', saturation, quantity({ code: '1', value: 0.96 }), 'code-invalid Observation.value.code'],
  ['PULSE-MEMBER', 'that holds nothing that is there', pulsePanel, members('Observation/nowhere'), 'invariant Observation.hasMember[0]'],
  ['PULSE-MEMBER', 'that holds what lay in the record', pulsePanel, members('Observation/w1'), 'invariant Observation.hasMember[0]'],
  ['PULSE-MEMBER', 'that holds another measurement', heartRate, (resource) => ({ ...resource, hasMember: [{ reference: 'Observation/written-2' }] }), 'invariant Observation.hasMember[0]'],
  ['PULSE-MEMBER', 'that holds one part twice', pulsePanel, members('Observation/written-1', 'Observation/written-1'), 'structure Observation.hasMember[1]'],
  ['PULSE-MEMBER', 'that holds nothing', pulsePanel, without('hasMember'), 'invariant Observation.hasMember'],
  ['RATE-UNIT', 'in beats per second', pulse, quantity({ code: '/s' }), 'code-invalid Observation.value.code'],
  ['RATE-UNIT', 'in breaths per hour', respiration, quantity({ code: '/h' }), 'code-invalid Observation.value.code'],
  ['HR-INTERPRETATION', 'with an unknown interpretation', heartRate, having({ interpretation: [{ coding: [{ system: SNOMED, code: '1' }] }] }), 'code-invalid Observation.interpretation'],
  ['VISUS-EYE', 'of no eye in particular', visus, without('bodySite'), 'required Observation.bodySite'],
  ['VISUS-RANGE', 'beyond 2', visus, quantity({ value: 9.9 }), 'invalid Observation.value'],
  ['TEXT-EMPTY', 'of white space', report, having({ valueString: ' \n' }), 'required Observation.value'],
  ['TEXT-EMPTY', 'without a conclusion', result, without('conclusion'), 'required DiagnosticReport.conclusion'],
  ['TEXT-EMPTY', 'with an empty conclusion', result, having({ conclusion: '' }), 'required DiagnosticReport.conclusion'],
  ['TEXT-LONG', 'of 20 001 characters', report, having({ valueString: 'a'.repeat(20_001) }), 'too-long Observation.value'],
  ['TEXT-LONG', 'with a conclusion of 20 001 characters', result, having({ conclusion: 'a'.repeat(20_001) }), 'too-long DiagnosticReport.conclusion'],
  ['TEXT-CONTROL', 'with a bell', report, having({ valueString: 'a\u0007' }), 'invalid Observation.value'],
  ['TEXT-CONTROL', 'with half an emoji', result, having({ conclusion: 'a\ud83d' }), 'invalid DiagnosticReport.conclusion'],
  ['REPORT-CODE', 'of another type', soap, having({ type: { coding: [{ system: SNOMED, code: '1' }] } }), 'code-invalid Composition.type'],
  ['REPORT-CODE', 'with another code under its profile', report, having({ code: { coding: [{ system: SNOMED, code: '1' }] } }), 'code-invalid Observation.code'],
  ['REPORT-AUTHOR', 'by somebody else', report, having({ performer: [{ identifier: { system: 'did:web:x', value: 'e-1' } }] }), 'forbidden Observation.performer'],
  ['REPORT-AUTHOR', 'by somebody of the record', soap, having({ author: [{ reference: 'Practitioner/1' }] }), 'forbidden Composition.author'],
  ['SOAP-LINES', 'with one line twice', soap, sections((lines) => [...lines.slice(0, 3), lines[0]!]), 'structure Composition.section'],
  ['SOAP-LINES', 'with five lines', soap, sections((lines) => [...lines, lines[0]!]), 'structure Composition.section'],
  ['SOAP-LINES', 'without lines', soap, without('section'), 'structure Composition.section'],
  ['SOAP-LINES', 'with a line of another kind', soap, sections((lines) => [{ ...lines[0], code: { coding: [{ system: SNOMED, code: '1' }] } }]), 'code-invalid Composition.section[0].code'],
  ['SOAP-ENTRY', 'that holds what is not there', soap, sections((lines) => [{ ...lines[0], entry: [{ reference: 'Observation/nowhere' }] }]), 'not-found Composition.section[0].entry[0]'],
  ['SOAP-ENTRY', 'that holds nothing', soap, sections(([line]) => [{ code: (line as { code: object }).code }]), 'not-found Composition.section[0].entry'],
  ['SOAP-ENTRY', 'that holds a line of another code', soap, sections((lines) => [{ ...lines[0], entry: (lines[1] as { entry: object }).entry }]), 'not-found Composition.section[0].entry[0]'],
  ['SOAP-ENTRY', 'that holds what is no line', soap, sections((lines) => [{ ...lines[0], entry: [{ reference: 'Observation/w1' }] }]), 'not-found Composition.section[0].entry[0]'],
  ['SOAP-TITLE', 'without a title', soap, without('title'), 'required Composition.title'],
  ['SOAP-RELATES', 'that replaces another', soap, having({ relatesTo: [{ code: 'replaces', targetIdentifier: { value: 'x' } }] }), 'business-rule Composition.relatesTo'],
  ['RESULT-CODE', 'of an unknown type', result, having({ code: { coding: [{ system: SNOMED, code: '1' }] } }), 'code-invalid DiagnosticReport.code'],
  ['RESULT-STATUS', 'that is corrected', result, having({ status: 'corrected' }), 'code-invalid DiagnosticReport.status'],
  ['RESULT-STATUS', 'whose two statuses differ', result, having({ status: 'preliminary' }), 'code-invalid DiagnosticReport.status'],
  ['RESULT-ATTACHMENT', 'with an attachment', result, having({ presentedForm: [{ contentType: 'application/pdf', url: 'https://elsewhere.example/x.pdf' }] }), 'not-supported DiagnosticReport.presentedForm'],
  ['RESULT-ATTACHMENT', 'with an image', result, having({ media: [{ link: { reference: 'Media/1' } }] }), 'not-supported DiagnosticReport.media'],
  ['MED-CATEGORY', 'of another category', use, having({ category: { coding: [{ system: SNOMED, code: '1' }] } }), 'code-invalid MedicationStatement.category'],
  ['MED-CATEGORY', 'without a category', given, without('category'), 'code-invalid MedicationAdministration.category'],
  ['MED-PRODUCT', 'of nothing', use, without('medicationReference'), 'required MedicationStatement.medication'],
  ['MED-PRODUCT', 'of an unknown product', given, having({ medicationReference: { reference: 'Medication/nowhere' } }), 'not-found MedicationAdministration.medication'],
  [
    'MED-PRODUCT',
    'of a product from an unknown list',
    use,
    (resource) => having({ medicationCodeableConcept: { coding: [{ system: 'http://example.org', code: '1' }] } })(without('medicationReference')(resource) as FhirResource),
    'not-found MedicationStatement.medication',
  ],
  ['MED-DOSE', 'of nothing at all', use, (resource) => JSON.parse(JSON.stringify(resource).replaceAll('"value":1,', '"value":0,')), 'business-rule MedicationStatement.dosage[0]'],
  ['MED-DOSE', 'eleven times the agreed dose', administration('agreed', { dose: { amount: 11, unit: 'stuk' } }), unchanged, 'business-rule MedicationAdministration.dosage'],
  ['MED-DOSE', 'an eleventh of the agreed dose', administration('ranged', { dose: { amount: 0.09, unit: 'stuk' } }), unchanged, 'business-rule MedicationAdministration.dosage'],
  ['MED-DOSE', 'without a dose', given, without('dosage'), 'required MedicationAdministration.dosage'],
  ['MED-DOSE', 'that was not given, with a dose', administration('agreed', { given: false, reason: 'Mw. slaapt.' }), having({ dosage: { text: '1 stuk' } }), 'business-rule MedicationAdministration.dosage'],
  ['MED-UNIT', 'without the unit of the G-Standaard', given, (resource) => JSON.parse(JSON.stringify(resource).replace(/"extension":\[[^\]]*\],/, '')), 'code-invalid MedicationAdministration.dosage.dose'],
  ['MED-UNIT', 'with two units that differ', given, (resource) => JSON.parse(JSON.stringify(resource).replace('"code":"1"', '"code":"mg"')), 'code-invalid MedicationAdministration.dosage.dose'],
  ['MED-ROUTE', 'without a route', administration('agreed', { route: undefined }), unchanged, 'required MedicationAdministration.dosage.route'],
  ['MED-REASON', 'that was not given, without a reason', administration('agreed', { given: false }), unchanged, 'required MedicationAdministration.extension'],
  ['MED-REASON', 'with a reason of another list', administration('agreed', { reason: 'x' }), (resource) => JSON.parse(JSON.stringify(resource).replace('"OTH"', '"UNK"')), 'code-invalid MedicationAdministration.extension'],
  ['MED-SOURCE', 'told by nobody', use, without('informationSource'), 'required MedicationStatement.informationSource'],
  ['MED-SOURCE', 'told by somebody close to another client', use, having({ informationSource: { reference: 'RelatedPerson/r2' } }), 'not-found MedicationStatement.informationSource'],
  ['MED-SOURCE', 'told by another client', use, having({ informationSource: { reference: 'Patient/p2' } }), 'not-found MedicationStatement.informationSource'],
  [
    'MED-STOP',
    'in use and stopped at once',
    use,
    having({ modifierExtension: [{ url: `${NICTIZ}/ext-StopType`, valueCodeableConcept: { coding: [{ system: SNOMED, code: '410546004' }] } }] }),
    'invariant MedicationStatement.modifierExtension',
  ],
  ['MED-PERIOD', 'that ended before it began', use, having({ effectivePeriod: { start: '2026-06-13', end: '2026-06-12' } }), 'invariant MedicationStatement.effective'],
  ['MED-AGREEMENT', 'on an agreement of another client', given, having({ request: { reference: 'MedicationRequest/a7' } }), 'not-found MedicationAdministration.request'],
  ['MED-AUTHOR', 'by somebody else', given, having({ performer: [{ actor: { identifier: { system: 'did:web:x', value: 'e-1' } } }] }), 'forbidden MedicationAdministration.performer.actor'],
  ['MED-AUTHOR', 'written down by somebody else', use, having({ extension: [{ url: `${NICTIZ}/ext-MedicationUse2.Author`, valueReference: { reference: 'Practitioner/1' } }] }), 'forbidden MedicationStatement.extension'],
  ['PULSE-REGULARITY', 'of no known regularity', { kind: 'pulse-rate', input: { rate: 72, regularity: 'regular', measuredAt: at } }, regularityOf('44969-4', 'http://loinc.org'), 'code-invalid Observation.value'],
  ['HR-REGULARITY', 'of no known regularity', heartRate, regularityOf('301112006', SNOMED), 'code-invalid Observation.value'],
  ['G9-REFERENCE', 'that refers to an encounter', soap, having({ encounter: { reference: 'Encounter/1' } }), 'business-rule Composition.encounter'],
  ['G9-REFERENCE', 'that refers by an identifier', given, having({ request: { identifier: { value: 'x' } } }), 'business-rule MedicationAdministration.request'],
  ['G9-REFERENCE', 'that refers to another server', given, having({ request: { reference: 'https://elsewhere.example/MedicationRequest/a1' } }), 'business-rule MedicationAdministration.request'],
  ['G9-REFERENCE', 'that follows from a resource of another type', use, having({ derivedFrom: [{ reference: 'Observation/w1' }] }), 'business-rule MedicationStatement.derivedFrom[0]'],
  ['G9-REFERENCE', 'whose name is given out by somebody', soap, having({ identifier: { system: 'a:b', value: 'x', assigner: { reference: 'Organization/1' } } }), 'business-rule Composition.identifier.assigner'],
  ['STATUS', 'entered in error', soap, having({ status: 'entered-in-error' }), 'business-rule Composition.status'],
  ['STATUS', 'under way', given, having({ status: 'in-progress' }), 'business-rule MedicationAdministration.status'],
  ['STATUS', 'intended', use, having({ status: 'intended' }), 'business-rule MedicationStatement.status'],
  ['G7-EXTENSION', 'with an extension that holds another value than its profile says', bloodPressure, having({ extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition', valueReference: { reference: 'Patient/p2' } }] }), 'extension Observation.extension'],
  ['G7-MODIFIER', 'with a stop type where the profile knows none', given, having({ modifierExtension: [{ url: `${NICTIZ}/ext-StopType`, valueCodeableConcept: { coding: [{ system: SNOMED, code: '410546004' }] } }] }), 'extension MedicationAdministration.modifierExtension'],
];

/** A regularity in place of the whole, whose value is of no list. */
function regularityOf(code: string, system: string): Change {
  return (resource) => ({
    ...(without('valueQuantity', 'interpretation', 'hasMember')(resource) as FhirResource),
    meta: undefined,
    code: { coding: [{ system, code }] },
    valueCodeableConcept: { coding: [{ system: SNOMED, code: '1' }] },
  });
}

/** Every rule id of spec anw-fhir-profiles §9.3; SOAP-ICPC and SUBJECT-SCOPE have tests of their own below. */
const paragraph = [
  'VS-CATEGORY', 'VS-SUBJECT', 'VS-EFFECTIVE', 'VS-PRECISION', 'VS-VALUE', 'VS-FUTURE', 'VS-RANGE', 'BP-COMPONENT', 'BP-UNIT', 'BP-ORDER', 'WEIGHT-UNIT', 'HEIGHT-UNIT', 'TEMP-UNIT', 'TEMP-TYPE',
  'O2-CODE', 'O2-UNIT', 'PULSE-MEMBER', 'RATE-UNIT', 'HR-INTERPRETATION', 'VISUS-EYE', 'VISUS-RANGE', 'TEXT-EMPTY', 'TEXT-LONG', 'TEXT-CONTROL', 'REPORT-CODE', 'REPORT-AUTHOR', 'SOAP-LINES',
  'SOAP-ENTRY', 'RESULT-CODE', 'RESULT-STATUS', 'RESULT-ATTACHMENT', 'MED-CATEGORY', 'MED-PRODUCT', 'MED-DOSE', 'MED-REASON',
];

describe('every rule of §9.3', () => {
  it('has a refusal in the table', () => expect(paragraph.filter((rule) => !table.some(([tested]) => tested === rule))).toEqual([]));

  it.each(table)('%s refuses a write %s, and says where', async (rule, _fault, write, change, issue) => expect(await faults(write, change)).toContain(`${rule} ${issue}`));

  it.each<[string, Write]>([
    ['blood pressure', bloodPressure],
    ['weight', weight],
    ['height', height],
    ['temperature', temperature],
    ['saturation', saturation],
    ['pulse', pulse],
    ['pulse panel', pulsePanel],
    ['heart rate', heartRate],
    ['respiration', respiration],
    ['visual acuity', visus],
    ['report', report],
    ['SOAP report', soap],
    ['result', result],
    ['medication use', use],
    ['administration', given],
  ])('is silent about a plain %s', async (_name, write) => expect(await warnings(write)).toEqual([]));
});

describe('scope (G8, SUBJECT-SCOPE)', () => {
  it.each([soap, result, use, given, report])('says no access and nothing more of a write about another client', async (write) => {
    for (const reference of ['Patient/p2', 'Patient/nobody', 'https://bron.example/fhir/Patient/p1', 'Patient/p1/_history/1', '#p1']) {
      expect(await send(write, having({ subject: { reference } }))).toEqual({ refused: { code: 'outside-policy', reason: 'subject-outside-scope' } });
    }
  });

  it('takes no part that another authorization wrote', async () => {
    expect(await faults(pulsePanel, unchanged, otherAuthorization)).toEqual(['PULSE-MEMBER invariant Observation.hasMember[0]', 'PULSE-MEMBER invariant Observation.hasMember[1]']);
    expect(await faults(soap, unchanged, otherAuthorization)).toEqual([0, 1, 2, 3].map((index) => `SOAP-ENTRY not-found Composition.section[${index}].entry[0]`));
  });
});

describe('ICPC codes (SOAP-ICPC: "on S and E only")', () => {
  const line = (code: string): FhirResource => ({
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: SNOMED, code }] },
    subject: { reference: 'Patient/p1' },
    effectiveDateTime: at,
    extension: [{ url: `${NICTIZ}/ext-SOAPReport.SOAPLineCode`, valueCodeableConcept: { coding: [{ system: 'http://hl7.org/fhir/sid/icpc-1-nl', code: 'R05' }] } }],
    valueString: 'Hoest.',
  });

  it.each(['255362007', '129265001'])('stand on the line %s', async (code) => expect(await prepare(line(code), context, new InMemoryRecord([], now))).toHaveProperty('taken'));

  it.each(['260224007', '129271007'])('are refused on the line %s', async (code) => {
    expect(await prepare(line(code), context, new InMemoryRecord([], now))).toMatchObject({ refused: { issues: [{ rule: 'SOAP-ICPC', code: 'invariant', expression: 'Observation.extension' }] } });
  });
});

describe('a weight beside the last one (§9.2: "> 10 % from the last value")', () => {
  it.each([
    [88, 'kg', []],
    [72, 'kg', []],
    [88_000, 'g', []],
    [88.1, 'kg', ['WEIGHT-CHANGE Observation.value']],
    [71.9, 'kg', ['WEIGHT-CHANGE Observation.value']],
    [71_900, 'g', ['WEIGHT-CHANGE Observation.value']],
  ] as const)('of 80 kg: %s %s is stored, told %j', async (value, unit, told) => {
    expect(await warnings({ kind: 'body-weight', input: { weight: value, unit, measuredAt: at } })).toEqual(told);
  });
});

describe('an administration beside what was agreed (§9.2)', () => {
  it.each([
    ['agreed, by the reference of its product', administration('agreed')],
    ['agreed, by the code of its product', administration('twin-of-agreed')],
    ['agreed, coded', administration('', { product: { list: 'PRK', code: '1000', name: 'x' } })],
    ['agreed with the pharmacy', administration('dispensed')],
    ['ten times the agreed dose', administration('agreed', { dose: { amount: 10, unit: 'stuk' } })],
    ['within an agreed range', administration('ranged', { dose: { amount: 20, unit: 'stuk' } })],
    ['agreed and not given', administration('agreed', { given: false, reason: 'Mw. slaapt.' })],
    ['agreed, with the agreement named', administration('agreed', { agreement: 'MedicationRequest/a1' })],
  ])('is stored when it is %s', async (_name, write) => expect(await warnings(write)).toEqual([]));

  it.each(['unagreed', 'stopped', 'suspended', 'ended', 'of-another'])('of a product whose agreement is %s needs a reason, and is then told', async (medication) => {
    expect(await faults(administration(medication))).toEqual(['MED-REASON required MedicationAdministration.extension']);
    expect(await warnings(administration(medication, { reason: 'Op verzoek van de huisarts.' }))).toEqual(['MED-AGREEMENT MedicationAdministration.medication']);
  });

  it('in another unit than was agreed is stored, and told', async () => expect(await warnings(administration('unknown-unit'))).toEqual(['MED-UNIT MedicationAdministration.dosage']));
});

describe('who told it (§9.2, medication use)', () => {
  it('is the nurse herself when she says so, named from the token', async () => {
    const outcome = await send({ ...use, input: { ...use.input, source: 'practitioner' } } as Write);
    expect(outcome).toMatchObject({ taken: { draft: { body: { informationSource: { identifier: { value: 'e-10442' } } } } } });
  });

  it('may be somebody close to the client', async () => expect(await warnings(use, having({ informationSource: { reference: 'RelatedPerson/r1' } }))).toEqual([]));

  it('stays the client when she told it, beside the author who wrote it down', async () => {
    const outcome = await send(use);
    expect(outcome).toMatchObject({ taken: { draft: { body: { informationSource: { reference: 'Patient/p1' }, extension: [{ url: `${NICTIZ}/ext-MedicationUse2.Author`, valueReference: { identifier: { value: 'e-10442' } } }] } } } });
  });
});
