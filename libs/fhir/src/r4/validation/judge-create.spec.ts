import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { resourceOf } from '../../write-back/write-kinds.js';
import type { FhirResource } from '../../fhir-resource.js';
import { judgeCreate, type PreparedCreate } from './judge-create.js';
import { MAXIMUM_BODY_BYTES } from './read-posted.js';
import type { WriteContext } from './write-context.js';

const patient = PatientId.parse('p1');
const actor = Did.parse('did:web:zorg.example:iam:2');
const context: WriteContext = {
  patient,
  origin: {
    actor,
    regisseur: Did.parse('did:web:regie.example:iam:1'),
    authorization: DidUrl.parse('did:web:regie.example:iam:1#a'),
    practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'M. Okafor' },
  },
  authorizedFrom: new Date('2026-06-13T19:00:00Z'),
  now: new Date('2026-06-13T21:10:00Z'),
};
const at = new Date('2026-06-13T21:05:00Z');
const id = '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11';

type Changes = Readonly<Record<string, unknown>>;

/** `undefined` takes an element out. */
function changed(resource: FhirResource, changes: Changes): FhirResource {
  return JSON.parse(JSON.stringify({ ...resource, ...changes }));
}

function bloodPressure(changes: Changes = {}): FhirResource {
  return changed(resourceOf({ kind: 'blood-pressure', input: { systolic: 125, diastolic: 75, measuredAt: at.toISOString() } }, { id, patient }), changes);
}

function report(changes: Changes = {}): FhirResource {
  return changed(resourceOf({ kind: 'nursing-report', input: { text: 'Avondzorg geleverd.', writtenAt: at.toISOString() } }, { id, patient }), changes);
}

function component(code: string, value: unknown, system = 'http://loinc.org'): object {
  return { code: { coding: [{ system, code }] }, ...(value as object) };
}

function millimetres(value: number, quantity: object = {}): object {
  return { valueQuantity: { value, unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]', ...quantity } };
}

function pressures(systolic: object, diastolic: object, ...others: object[]): Changes {
  return { component: [component('8480-6', systolic), component('8462-4', diastolic), ...others] };
}

function prepare(resource: unknown) {
  return judgeCreate(typeof resource === 'string' ? resource : JSON.stringify(resource), 'Observation', context);
}

function accepted(resource: unknown): PreparedCreate {
  const prepared = prepare(resource);
  if (!prepared.ok) throw new Error(JSON.stringify(prepared.failure));
  return prepared.value;
}

function failureOf(resource: unknown) {
  const prepared = prepare(resource);
  if (prepared.ok) throw new Error('accepted');
  return prepared.failure;
}

/** `code`, then `rule code expression` of every issue. */
function told(resource: unknown): readonly string[] {
  const { code, issues } = failureOf(resource);
  return [code, ...(issues ?? []).map((issue) => [issue.rule, issue.code, issue.expression ?? '-'].join(' '))];
}

describe('write-back of a valid resource (§9)', () => {
  it('takes a blood pressure', () => expect(accepted(bloodPressure()).warnings).toEqual([]));
  it('takes a report', () => expect(accepted(report()).warnings).toEqual([]));

  it('takes every element that the zib blood pressure has', () => {
    const whole = bloodPressure({
      ...pressures(
        millimetres(125),
        millimetres(75),
        component('85549003', { valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '255271000' }] } }, 'http://snomed.info/sct'),
        component('70665002', { valueCodeableConcept: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.15.1', code: 'STD' }] } }, 'http://snomed.info/sct'),
        component('6797001', millimetres(100), 'http://snomed.info/sct'),
      ),
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition', valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '33586001' }] } }],
      bodySite: { coding: [{ system: 'http://snomed.info/sct', code: '368209003' }] },
      method: { coding: [{ system: 'http://snomed.info/sct', code: '371911009' }] },
      note: [{ text: 'Mw. is zwanger' }],
    });
    expect(accepted(whole).draft.body).toMatchObject({ extension: whole['extension'], component: whole['component'] });
  });

  it('recognises the zib by its code when no profile is claimed (G11)', () => expect(accepted(report({ meta: undefined })).draft.body['meta']).toBeUndefined());

  it('takes an extra coding beside the telling one: slicing is open (§2)', () => {
    expect(accepted(bloodPressure({ code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }, { system: 'http://snomed.info/sct', code: '75367002' }] } })).warnings).toEqual([]);
  });

  it('sets the author from the token (G10)', () => {
    expect(accepted(report()).draft.body['performer']).toEqual([{ type: 'Practitioner', identifier: { system: actor, value: 'e-10442' }, display: 'M. Okafor' }]);
  });

  it('takes the author that the token names too', () => {
    expect(accepted(report({ performer: [{ type: 'Practitioner', identifier: { system: actor, value: 'e-10442' } }] })).warnings).toEqual([]);
  });

  it('ignores id, version and narrative of the client (§9.1, G17)', () => {
    const { body } = accepted(report({ id: 'mine', meta: { versionId: '7', lastUpdated: at.toISOString() }, text: { status: 'generated', div: '<div onclick="x">' } })).draft;
    expect([body.id, body['meta'], body['text']]).toEqual([undefined, undefined, undefined]);
  });

  it('stores text byte for byte, markup and all (G17)', () => {
    const text = '<script>alert(1)</script>\n\tRR 120/80 \u{1F44D} é é';
    expect(accepted(report({ valueString: text })).draft.body['valueString']).toBe(text);
  });

  it('names the write by the client’s identifier (D18)', () => {
    expect(accepted(report()).draft.identifier).toEqual({ system: 'urn:ietf:rfc:3986', value: `urn:uuid:${id}` });
  });

  it('has the same fingerprint for the same content in another order, and another for other content', () => {
    const [one, reordered, other] = [report(), Object.fromEntries(Object.entries(report()).reverse()), report({ valueString: 'anders' })].map((each) => accepted(each).draft.fingerprint);
    expect(reordered).toBe(one);
    expect(other).not.toBe(one);
  });

  it('warns outside the soft limits and stores all the same (G15)', () => {
    expect(accepted(bloodPressure(pressures(millimetres(225), millimetres(135)))).warnings).toMatchObject([
      { rule: 'VS-UNUSUAL', severity: 'warning', expression: 'Observation.component[0].value' },
      { rule: 'VS-UNUSUAL', severity: 'warning', expression: 'Observation.component[1].value' },
    ]);
  });

  it('takes a moment up to five minutes ahead, for clocks that differ', () => expect(accepted(report({ effectiveDateTime: '2026-06-13T23:14:59+02:00' })).warnings).toEqual([]));

  it('takes a period within the shift', () => {
    expect(accepted(bloodPressure({ effectiveDateTime: undefined, effectivePeriod: { start: '2026-06-13T21:00:00Z', end: '2026-06-13T21:05:00Z' } })).warnings).toEqual([]);
  });
});

describe('what cannot be read (G3 to G6)', () => {
  it.each([
    ['no JSON', '{'],
    ['a duplicate member', '{"resourceType":"Observation","status":"final","status":"amended"}'],
    ['__proto__', '{"resourceType":"Observation","__proto__":{}}'],
    ['an array', '[]'],
    ['a number', '1'],
    ['nesting beyond fifty', `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`],
    ['no resource type', '{}'],
  ])('refuses %s', (_fault, text) => expect(failureOf(text).code).toBe('unreadable-resource'));

  it('refuses bytes that are no UTF-8', () => {
    expect(judgeCreate(Uint8Array.of(0x7b, 0xff, 0x7d), 'Observation', context)).toMatchObject({ ok: false, failure: { code: 'unreadable-resource' } });
  });

  it('refuses a body above 256 KiB', () => expect(failureOf(JSON.stringify(report({ valueString: 'a'.repeat(MAXIMUM_BODY_BYTES) }))).code).toBe('body-too-large'));

  it('refuses a resource of another type than the URL', () => {
    expect(told({ ...report(), resourceType: 'Composition' })).toEqual(['unreadable-resource', 'G5 structure resourceType']);
  });

  it.each([
    ['an unknown element', { colour: 'red' }, 'Observation'],
    ['constructor as element', { constructor: {} }, 'Observation'],
    ['an object where an array is due', { category: {} }, 'Observation.category'],
    ['a text where a number is due', pressures({ valueQuantity: { value: '125' } }, millimetres(75)), 'Observation.component[0].value.value'],
    ['null', { note: null }, 'Observation.note'],
    ['an empty array', { note: [] }, 'Observation.note'],
    ['an empty object', { bodySite: {} }, 'Observation.bodySite'],
    ['an unknown element deeper down', { code: { coding: [{ system: 'http://snomed.info/sct', code: '11591000146107', x: 1 }] } }, 'Observation.code.coding[0]'],
  ])('refuses %s as structure', (_fault, changes, expression) => {
    const { code, issues } = failureOf(bloodPressure(changes));
    expect([code, issues?.[0]]).toMatchObject(['unreadable-resource', { rule: 'G6', code: 'structure', expression }]);
  });

  it.each([
    ['a date that is no date', { effectiveDateTime: 'gisteren' }, 'Observation.effective'],
    ['month thirteen', { effectiveDateTime: '2026-13-01T10:00:00Z' }, 'Observation.effective'],
    ['a time without a zone', { effectiveDateTime: '2026-06-13T21:05:00' }, 'Observation.effective'],
    ['a code with spaces around it', { status: ' final' }, 'Observation.status'],
    ['a number beyond decimal(18)', pressures(millimetres(1e30), millimetres(75)), 'Observation.component[0].value.value'],
  ])('refuses %s as invalid', (_fault, changes, expression) => {
    expect(told(bloodPressure(changes))).toEqual(['invalid-resource', `G6 invalid ${expression}`]);
  });
});

describe('what is smuggled (G7)', () => {
  const unknownExtension = [{ url: 'http://example.org/x', valueString: 'a' }];
  it.each([
    ['contained resources', { contained: [{ resourceType: 'Patient' }] }, 'G7-CONTAINED business-rule Observation.contained'],
    ['implicit rules', { implicitRules: 'http://example.org' }, 'G7-IMPLICIT-RULES business-rule Observation.implicitRules'],
    ['a modifier extension', { modifierExtension: unknownExtension }, 'G7-MODIFIER extension Observation.modifierExtension'],
    ['an unknown extension', { extension: unknownExtension }, 'G7-EXTENSION extension Observation.extension'],
    ['an extension deeper down', { subject: { reference: 'Patient/p1', extension: unknownExtension } }, 'G7-EXTENSION extension Observation.subject.extension'],
    ['an extension of a primitive', { _status: { extension: unknownExtension } }, 'G7-EXTENSION extension Observation._status'],
    ['a tag in meta', { meta: { tag: [{ code: 'x' }] } }, 'G7-META business-rule Observation.meta.tag'],
    ['a source in meta', { meta: { source: 'http://example.org' } }, 'G7-META business-rule Observation.meta.source'],
  ])('refuses %s', (_fault, changes, issue) => expect(told(report(changes))).toEqual(['invalid-resource', issue]));

  it('refuses an extension of the zib on another zib', () => {
    expect(told(report({ extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition', valueString: 'x' }] }))).toContain('G7-EXTENSION extension Observation.extension');
  });

  it('refuses more than twenty extensions', () => {
    const position = { url: 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition', valueCodeableConcept: { text: 'zittend' } };
    expect(told(bloodPressure({ extension: Array.from({ length: 21 }, () => position) }))).toEqual(['body-too-large', 'G7-EXTENSION too-costly -']);
  });
});

describe('whose record and by whom (G8 to G10)', () => {
  it.each([
    ['another patient', { reference: 'Patient/p2' }],
    ['an absolute reference', { reference: 'https://bron.example/fhir/Patient/p1' }],
    ['a versioned reference', { reference: 'Patient/p1/_history/1' }],
    ['a contained reference', { reference: '#p1' }],
    ['dot segments', { reference: 'Patient/../Patient/p1' }],
    ['a lower-case type', { reference: 'patient/p1' }],
    ['only an identifier', { identifier: { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '999990019' } }],
    ['an identifier beside it', { reference: 'Patient/p1', identifier: { system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '999990019' } }],
    ['another type', { reference: 'Patient/p1', type: 'Group' }],
  ])('refuses %s as subject, without a word about it', (_fault, subject) => expect(told(report({ subject }))).toEqual(['outside-policy']));

  it('asks for the subject when there is none', () => expect(told(report({ subject: undefined }))).toEqual(['invalid-resource', 'VS-SUBJECT required Observation.subject']));

  it.each([
    ['another employee', { identifier: { system: actor, value: 'e-1' } }],
    ['the same number at another organisation', { identifier: { system: 'did:web:elsewhere.example:iam:9', value: 'e-10442' } }],
    ['a reference that this token does not know', { reference: 'PractitionerRole/r1' }],
    ['a name alone', { display: 'M. Okafor' }],
  ])('refuses %s as author', (_fault, performer) => {
    expect(told(report({ performer: [performer] }))).toEqual(['forbidden-content', 'REPORT-AUTHOR forbidden Observation.performer']);
    expect(told(bloodPressure({ performer: [performer] }))).toEqual(['forbidden-content', 'VS-AUTHOR forbidden Observation.performer']);
  });

  it.each(['basedOn', 'partOf', 'focus', 'hasMember', 'derivedFrom'])('refuses a reference in %s (G9)', (element) => {
    expect(told(report({ [element]: [{ reference: 'Observation/o2' }] }))).toEqual(['invalid-resource', `G9-REFERENCE business-rule Observation.${element}[0]`]);
  });

  it.each(['encounter', 'specimen', 'device'])('refuses a reference in %s (G9)', (element) => {
    expect(told(report({ [element]: { reference: 'Device/d1' } }))).toEqual(['invalid-resource', `G9-REFERENCE business-rule Observation.${element}`]);
  });

  it('refuses a reference in a note (G9)', () => {
    expect(told(report({ note: [{ authorReference: { reference: 'Patient/p2' }, text: 'x' }] }))).toEqual(['invalid-resource', 'G9-REFERENCE business-rule Observation.note[0].author']);
  });
});

describe('profile, status, time and name (G11, G13, G14, G16)', () => {
  it.each([
    ['an unknown profile', { meta: { profile: ['http://example.org/x'] } }, 'G11-PROFILE not-supported Observation.meta.profile[0]'],
    ['a profile of another code', { meta: { profile: ['http://nictiz.nl/fhir/StructureDefinition/nl-core-BloodPressure'] } }, 'G11-PROFILE invalid Observation.meta.profile[0]'],
    ['two profiles', { meta: { profile: ['http://example.org/x', 'http://example.org/y'] } }, 'G11-PROFILE not-supported Observation.meta.profile'],
    ['a report with another code', { code: { coding: [{ system: 'http://snomed.info/sct', code: '1' }] } }, 'REPORT-CODE code-invalid Observation.code'],
    ['a code without its system', { code: { coding: [{ code: '11591000146107' }] } }, 'REPORT-CODE code-invalid Observation.code'],
    ['no code that is taken', { meta: undefined, code: { text: 'iets' } }, 'G11-CODE code-invalid Observation.code'],
    ['two zibs at once', { meta: undefined, code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }, { system: 'http://snomed.info/sct', code: '11591000146107' }] } }, 'G11-CODE code-invalid Observation.code'],
    ['no status', { status: undefined }, 'STATUS required Observation.status'],
    ['entered-in-error', { status: 'entered-in-error' }, 'STATUS business-rule Observation.status'],
    ['preliminary', { status: 'preliminary' }, 'STATUS business-rule Observation.status'],
    ['no time', { effectiveDateTime: undefined }, 'VS-EFFECTIVE required Observation.effective'],
    ['only a year', { effectiveDateTime: '2026' }, 'VS-PRECISION invariant Observation.effective'],
    ['only a month', { effectiveDateTime: '2026-06' }, 'VS-PRECISION invariant Observation.effective'],
    ['only a day', { effectiveDateTime: '2026-06-13' }, 'VS-PRECISION business-rule Observation.effective'],
    ['a moment more than five minutes ahead', { effectiveDateTime: '2026-06-13T21:15:01Z' }, 'VS-FUTURE business-rule Observation.effective'],
    ['a moment before the authorization began', { effectiveDateTime: '2026-06-13T18:59:59Z' }, 'VS-BEFORE business-rule Observation.effective'],
    ['a moment and a period', { effectivePeriod: { start: '2026-06-13T21:00:00Z' } }, 'VS-EFFECTIVE structure Observation.effective'],
    ['a period that starts before', { effectiveDateTime: undefined, effectivePeriod: { start: '2026-06-13T18:00:00Z', end: '2026-06-13T21:00:00Z' } }, 'VS-BEFORE business-rule Observation.effective'],
    ['an instant', { effectiveDateTime: undefined, effectiveInstant: '2026-06-13T21:05:00Z' }, 'VS-EFFECTIVE structure Observation.effective'],
    ['two identifiers', { identifier: [{ system: 'a:b', value: '1' }, { system: 'a:b', value: '2' }] }, 'G16-IDENTIFIER business-rule Observation.identifier'],
    ['an identifier without a system', { identifier: [{ value: '1' }] }, 'G16-IDENTIFIER required Observation.identifier[0]'],
  ])('refuses %s', (_fault, changes, issue) => expect(told(report(changes))).toEqual(['invalid-resource', issue]));
});

describe('blood pressure (§9.2, §9.3)', () => {
  const [upper, lower] = ['Observation.component[0].value', 'Observation.component[1].value'];
  const diastolicOnly = { component: [component('8462-4', millimetres(75))] };
  const systolicOnly = { component: [component('8480-6', millimetres(125))] };

  it.each([
    ['no category', { category: undefined }, 'VS-CATEGORY required Observation.category'],
    ['another category', { category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'survey' }] }] }, 'VS-CATEGORY required Observation.category'],
    ['the category of a laboratory result, which makes it two things at once (G11)', { category: [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }] }] }, 'G11-CODE code-invalid Observation.code'],
    ['two notes', { note: [{ text: 'a' }, { text: 'b' }] }, 'VS-NOTE structure Observation.note'],
    ['a value of its own', { valueString: '125/75' }, 'BP-VALUE structure Observation.value'],
    ['no systolic', diastolicOnly, 'BP-COMPONENT required Observation.component'],
    ['no diastolic', systolicOnly, 'BP-COMPONENT required Observation.component'],
    ['systolic twice', pressures(millimetres(125), millimetres(75), component('8480-6', millimetres(130))), 'BP-COMPONENT structure Observation.component'],
    ['a systolic without a number', pressures({ valueQuantity: { unit: 'mmHg', system: 'http://unitsofmeasure.org', code: 'mm[Hg]' } }, millimetres(75)), `VS-VALUE invariant ${upper}`],
    ['a diastolic that is absent for a reason', pressures(millimetres(125), { dataAbsentReason: { text: 'x' } }), `VS-VALUE invariant ${lower}`],
    ['a comparator', pressures(millimetres(125, { comparator: '>' }), millimetres(75)), `VS-VALUE business-rule ${upper}`],
    ['kilopascal', pressures(millimetres(125, { code: 'kPa' }), millimetres(75)), `BP-UNIT code-invalid ${upper}.code`],
    ['mm[Hg] of another system', pressures(millimetres(125), millimetres(75, { system: 'http://example.org' })), `BP-UNIT code-invalid ${lower}.code`],
    ['a systolic below 20', pressures(millimetres(19.9), millimetres(19)), `VS-RANGE business-rule ${upper}`, `VS-UNUSUAL business-rule ${lower}`],
    ['a systolic above 350', pressures(millimetres(351), millimetres(75)), `VS-RANGE business-rule ${upper}`],
    ['a negative diastolic', pressures(millimetres(125), millimetres(-75)), `VS-RANGE business-rule ${lower}`],
    ['a diastolic that equals the systolic', pressures(millimetres(108), millimetres(108)), 'BP-ORDER business-rule Observation.component'],
    ['a diastolic above the systolic', pressures(millimetres(75), millimetres(125)), 'BP-ORDER business-rule Observation.component'],
    [
      'an unknown cuff',
      pressures(millimetres(125), millimetres(75), component('70665002', { valueCodeableConcept: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.15.1', code: 'XXL' }] } }, 'http://snomed.info/sct')),
      'BP-CUFF code-invalid Observation.component[2].value',
    ],
    [
      'an unknown endpoint',
      pressures(millimetres(125), millimetres(75), component('85549003', { valueCodeableConcept: { text: 'fase 6' } }, 'http://snomed.info/sct')),
      'BP-ENDPOINT code-invalid Observation.component[2].value',
    ],
  ])('refuses %s', (_fault, changes, ...issues) => expect(told(bloodPressure(changes))).toEqual(['invalid-resource', ...issues]));

  it.each([
    [20, 10],
    [350, 250],
  ])('takes the hard limits themselves: %i over %i', (systolic, diastolic) => expect(prepare(bloodPressure(pressures(millimetres(systolic), millimetres(diastolic)))).ok).toBe(true));

  it('tells every fault at once', () => {
    expect(told(bloodPressure({ ...diastolicOnly, category: undefined, status: undefined }))).toEqual([
      'invalid-resource',
      'STATUS required Observation.status',
      'VS-CATEGORY required Observation.category',
      'BP-COMPONENT required Observation.component',
    ]);
  });

  it('names the missing pressure', () => expect(failureOf(bloodPressure(systolicOnly)).issues?.[0]?.text).toBe('De onderdruk (8462-4) ontbreekt.'));
});

describe('report (§9.2, §9.3)', () => {
  it.each([
    ['no text', { valueString: undefined }, 'TEXT-EMPTY required Observation.value'],
    ['an empty text', { valueString: '' }, 'TEXT-EMPTY required Observation.value'],
    ['a blank text', { valueString: ' \n\t ' }, 'TEXT-EMPTY required Observation.value'],
    ['a text above 20 000 characters', { valueString: 'a'.repeat(20_001) }, 'TEXT-LONG too-long Observation.value'],
    ['a control character', { valueString: 'a\u0007b' }, 'TEXT-CONTROL invalid Observation.value'],
    ['U+0000', { valueString: 'a\u0000b' }, 'TEXT-CONTROL invalid Observation.value'],
    ['half a surrogate pair', { valueString: 'a\ud800b' }, 'TEXT-CONTROL invalid Observation.value'],
    ['a control character elsewhere', { subject: { reference: 'Patient/p1', display: 'a\u0001' } }, 'TEXT-CONTROL invalid Observation.subject.display'],
    ['a value beside the text', { valueInteger: 3 }, 'REPORT-VALUE structure Observation.value'],
    ['components', { component: [component('8480-6', millimetres(125))] }, 'REPORT-COMPONENT structure Observation.component'],
  ])('refuses %s', (_fault, changes, issue) => expect(told(report(changes))).toEqual(['invalid-resource', issue]));

  it('takes 20 000 characters', () => expect(prepare(report({ valueString: 'a'.repeat(20_000) })).ok).toBe(true));

  it('never repeats what was sent', () => {
    const failure = failureOf(report({ valueString: 'geheim\u0007', subject: { reference: 'Patient/p1', display: 'geheim' } }));
    expect(JSON.stringify(failure)).not.toContain('geheim');
  });
});
