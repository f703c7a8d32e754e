import { InMemoryRecord } from '@anw/testing/parties';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import fc from 'fast-check';
import { type FhirResource, type IdentifiedResource, referenceTo } from '../fhir-resource.js';
import { summariseEnrichment } from '../enriched/summarise-enrichment.js';
import { judgeCreate, type PreparedCreate } from '../r4/validation/judge-create.js';
import type { WriteContext } from '../r4/validation/write-context.js';
import { fieldOf, resourceOf, stepsOf, type Write, type WriteKindName, writeKinds } from './write-kinds.js';

const patient = PatientId.parse('p1');
const now = new Date('2026-06-13T21:10:00Z');
const moment = '2026-06-13T23:05:00+02:00';
const draft = '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11';
const subject = { id: draft, patient };
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

const ibuprofen: IdentifiedResource = { resourceType: 'Medication', id: 'm1', code: { coding: [{ system: 'urn:oid:2.16.840.1.113883.2.4.4.10', code: '17469', display: 'IBUPROFEN TABLET 600MG' }] } };
const agreement: IdentifiedResource = {
  resourceType: 'MedicationRequest',
  id: 'a1',
  status: 'unknown',
  intent: 'order',
  category: [{ coding: [{ system: 'http://snomed.info/sct', code: '33633005' }] }],
  medicationReference: { reference: 'Medication/m1' },
  subject: { reference: 'Patient/p1' },
  dosageInstruction: [{ doseAndRate: [{ doseQuantity: { value: 1, unit: 'stuk', system: 'http://unitsofmeasure.org', code: '1' } }] }],
};
const record = () => new InMemoryRecord([{ resourceType: 'Patient', id: 'p1' }, ibuprofen, agreement], now);
type Record = ReturnType<typeof record>;

interface Sent {
  readonly resource: FhirResource;
  readonly prepared: PreparedCreate;
  readonly stored: IdentifiedResource;
}

/** Sends a write step by step, as the actor does: what was written gives the references of later steps. */
async function send(write: Write, to: Record = record()): Promise<readonly Sent[]> {
  const written: { [step: string]: string } = {};
  const sent: Sent[] = [];
  for (const step of stepsOf(write, subject)) {
    const resource = step.create(written);
    const judged = judgeCreate(JSON.stringify(resource), resource.resourceType, context);
    const prepared = judged.ok ? await judged.value.checkInRecord(to) : judged;
    if (!prepared.ok) throw new Error(`${step.name}: ${JSON.stringify(prepared.failure)}`);
    const created = await to.create(prepared.value.draft);
    if (created.outcome === 'duplicate') throw new Error('duplicate');
    written[step.name] = referenceTo(created.stored.resource);
    sent.push({ resource, prepared: prepared.value, stored: created.stored.resource });
  }
  return sent;
}

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 300 }).filter((each) => each.trim() !== '' && !/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/.test(each));
const note = fc.option(text, { nil: undefined });
const at = fc.date({ min: context.authorizedFrom, max: now, noInvalidDate: true }).map((date) => date.toISOString());
const decimal = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((tenths) => tenths / 10);
const optional = <const T>(...values: T[]) => fc.constantFrom<T | undefined>(undefined, ...values);
const product = fc.constantFrom({ reference: 'Medication/m1' }, { list: 'PRK' as const, code: '17469', name: 'IBUPROFEN TABLET 600MG' });
const dose = fc.record({ amount: decimal(0.1, 10), unit: fc.constant('stuk' as const) });

/** Whatever a nurse may sensibly write, by kind. */
const inputs: { readonly [K in WriteKindName]: fc.Arbitrary<Extract<Write, { kind: K }>['input']> } = {
  'blood-pressure': fc.record({ systolic: fc.integer({ min: 120, max: 350 }), diastolic: fc.integer({ min: 10, max: 119 }), position: optional('standing', 'lying', 'sitting'), measuredAt: at, note }),
  'body-weight': fc.oneof(
    fc.record({ weight: decimal(1, 650), unit: fc.constant('kg' as const), clothing: optional('undressed', 'minimal', 'full', 'diaper'), measuredAt: at, note }),
    fc.record({ weight: fc.integer({ min: 200, max: 9_000 }), unit: fc.constant('g' as const), measuredAt: at, note }),
  ),
  'body-height': fc.oneof(
    fc.record({ height: decimal(20, 280), unit: fc.constant('cm' as const), position: optional('standing', 'lying'), measuredAt: at, note }),
    fc.record({ height: fc.integer({ min: 20, max: 280 }).map((each) => each / 100), unit: fc.constant('m' as const), measuredAt: at, note }),
  ),
  'body-temperature': fc.record({ temperature: decimal(20, 46), site: optional('rectal', 'oral', 'axillary', 'inguinal', 'tympanic', 'temporal', 'vaginal', 'bladder', 'core'), measuredAt: at, note }),
  'oxygen-saturation': fc.record({ saturation: fc.integer({ min: 0, max: 100 }), extraOxygen: optional(true, false), measuredAt: at, note }),
  'pulse-rate': fc.record({ rate: fc.integer({ min: 0, max: 350 }), regularity: optional('regular', 'irregular'), measuredAt: at, note }),
  'heart-rate': fc.record({
    rate: fc.integer({ min: 0, max: 350 }),
    regularity: optional('regular', 'irregular', 'irregularly-irregular'),
    interpretation: optional('bradycardia', 'normal', 'tachycardia'),
    measuredAt: at,
    note,
  }),
  respiration: fc.record({ rate: fc.integer({ min: 0, max: 120 }), extraOxygen: optional(true, false), measuredAt: at, note }),
  'visual-acuity': fc.record({
    acuity: decimal(0, 2),
    eye: fc.constantFrom('left', 'right', 'both'),
    correction: optional('corrected', 'uncorrected', 'best-corrected'),
    chart: optional('log-e', 'snellen', 'lea'),
    distance: optional(1, 5),
    measuredAt: at,
    note,
  }),
  'nursing-report': fc.record({ text, writtenAt: at }),
  'soap-report': fc.record({ title: note, subjective: note, objective: note, evaluation: note, plan: text, subjectiveIcpc: optional('R05'), evaluationIcpc: optional('A85'), writtenAt: at }),
  'text-result': fc.record({ type: fc.constantFrom('imaging', 'ultrasound', 'microbiology', 'procedure'), conclusion: text, status: fc.constantFrom('preliminary', 'final'), examinedAt: at }),
  'medication-use': fc.record({
    product,
    use: fc.constantFrom('active', 'not-taken', 'suspended', 'stopped'),
    source: fc.constantFrom('patient', 'practitioner'),
    assertedAt: at,
    usedFrom: optional('2026-06-01'),
    usedUntil: optional('2026-06-13'),
    dose: fc.option(dose, { nil: undefined }),
    note,
  }),
  'medication-administration': fc.oneof(
    fc.record({ product, given: fc.constant(true), dose, route: fc.constant({ code: '9', name: 'oraal' }), administeredAt: at, agreement: optional('MedicationRequest/a1'), reason: note, note }),
    fc.record({ product, given: fc.constant(false), administeredAt: at, reason: text, note }),
  ),
};

const names = Object.keys(writeKinds) as WriteKindName[];
const writes = (kind: WriteKindName) => (inputs[kind] as fc.Arbitrary<unknown>).map((input) => ({ kind, input }) as Write);
const example = (kind: WriteKindName, seed = 7): Write => fc.sample(writes(kind), { numRuns: 1, seed })[0]!;

/** How her author stands in what is stored (G10). */
const author = { type: 'Practitioner', identifier: { system: context.origin.actor, value: 'e-10442' }, display: 'M. Okafor' };

describe.each(names)('what a nurse writes as %s', (kind) => {
  it('is accepted by the rules of section 9, whatever she fills in', async () => {
    await fc.assert(fc.asyncProperty(writes(kind), async (write) => void (await send(write))), { numRuns: 40 });
  });

  it('is the same resources under the same names every time, so that a repeat arrives once (D18)', async () => {
    await fc.assert(
      fc.asyncProperty(writes(kind), async (write) => {
        const to = record();
        const first = await send(write, to);
        expect((await send(write, to)).map(({ stored }) => stored)).toEqual(first.map(({ stored }) => stored));
      }),
      { numRuns: 10 },
    );
  });

  it('has a name of its own for every resource, the last the name of the draft', () => {
    const steps = stepsOf(example(kind), subject);
    expect(new Set(steps.map(({ identifier }) => identifier)).size).toBe(steps.length);
    expect(steps.at(-1)!.identifier).toBe(draft);
    for (const { identifier } of steps) expect(identifier).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  it('is stored with its author from the token, and nobody else (G10)', async () => {
    for (const { stored } of await send(example(kind))) expect(JSON.stringify(stored)).toContain(JSON.stringify(author));
  });

  it('is read by the day team with its name and content', async () => {
    const last = (await send(example(kind))).at(-1)!;
    const summary = summariseEnrichment(last.stored);
    expect(summary.text).not.toBe('');
    expect(summary.effectiveAt).toBeInstanceOf(Date);
  });

  it('is refused with its element when one element is broken', () => {
    fc.assert(
      fc.property(writes(kind), fc.nat(), fc.constantFrom('unknown', 'number', 'control', 'status', 'subject'), (write, choice, fault) => {
        const steps = stepsOf(write, subject);
        const step = steps[choice % steps.length]!;
        const resource = step.create(Object.fromEntries(step.after.map((name) => [name, `Observation/${name}`])));
        const judged = judgeCreate(JSON.stringify(broken(resource, fault)), resource.resourceType, context);
        expect(judged).toMatchObject({ ok: false });
        if (!judged.ok && judged.failure.code !== 'outside-policy') expect(judged.failure.issues?.every(({ expression }) => expression?.startsWith(resource.resourceType))).toBe(true);
      }),
      { numRuns: 25 },
    );
  });
});

function broken(resource: FhirResource, fault: string): object {
  switch (fault) {
    case 'unknown':
      return { ...resource, colour: 'red' };
    case 'number':
      return { ...resource, status: 7 };
    case 'control':
      return { ...resource, language: 'nl\u0007' };
    case 'status':
      return { ...resource, status: 'entered-in-error' };
    default:
      return { ...resource, subject: { reference: 'Patient/p2' } };
  }
}

describe('text that a nurse types (G17)', () => {
  it.each([
    ['markup', '<script>alert(1)</script><b onclick="x">&amp;'],
    ['emoji and combined marks', '👩🏽‍⚕️ é vs é 👍'],
    ['words from right to left', 'שלום \u202Eolleh\u202C مرحبا'],
    ['tabs and line ends', 'a\tb\r\nc\nd'],
    ['leading and trailing blanks', '  ruimte  '],
    ['twenty thousand characters', '€'.repeat(20_000)],
    ['twenty thousand emoji', '👍'.repeat(20_000)],
  ])('is stored byte for byte: %s', async (_name, typed) => {
    const report = await send({ kind: 'nursing-report', input: { text: typed, writtenAt: moment } });
    const soap = await send({ kind: 'soap-report', input: { plan: typed, writtenAt: moment } });
    const result = await send({ kind: 'text-result', input: { type: 'imaging', conclusion: typed, status: 'final', examinedAt: moment } });
    expect([report[0]!.stored['valueString'], soap[0]!.stored['valueString'], result[0]!.stored['conclusion']]).toEqual([typed, typed, typed]);
  });

  it('is refused beyond twenty thousand characters, with the element', () => {
    const resource = resourceOf({ kind: 'nursing-report', input: { text: '👍'.repeat(20_001), writtenAt: moment } }, subject);
    expect(judgeCreate(JSON.stringify(resource), 'Observation', context)).toMatchObject({ ok: false, failure: { issues: [{ rule: 'TEXT-LONG', expression: 'Observation.value' }] } });
  });
});

describe('conversion and units', () => {
  it.each([
    [1.72, 'm', 172],
    [1.1, 'm', 110],
    [0.565, 'm', 56.5],
    [172.5, 'cm', 172.5],
  ] as const)('sends a height of %s %s as %s cm', (height, unit, sent) => {
    expect(resourceOf({ kind: 'body-height', input: { height, unit, measuredAt: moment } }, subject)['valueQuantity']).toEqual({ value: sent, unit: 'cm', system: 'http://unitsofmeasure.org', code: 'cm' });
  });

  it('sends a dose in UCUM and in the unit of the G-Standaard', () => {
    const write: Write = { kind: 'medication-administration', input: { product: { reference: 'Medication/m1' }, given: true, dose: { amount: 2.5, unit: 'ml' }, route: { code: '9', name: 'oraal' }, administeredAt: moment } };
    expect(resourceOf(write, subject)['dosage']).toMatchObject({
      dose: { value: 2.5, system: 'http://unitsofmeasure.org', code: 'ml', extension: [{ valueQuantity: { value: 2.5, system: 'urn:oid:2.16.840.1.113883.2.4.4.1.900.2', code: '233' } }] },
    });
  });

  it('says a moment in universal time', () => {
    expect(resourceOf({ kind: 'nursing-report', input: { text: 'x', writtenAt: moment } }, subject)['effectiveDateTime']).toBe('2026-06-13T21:05:00.000Z');
  });
});

describe('steps of one draft', () => {
  it('of a SOAP report are its lines, then the report that holds them', async () => {
    const sent = await send({ kind: 'soap-report', input: { subjective: 'Hoest.', plan: 'Rust.', subjectiveIcpc: 'R05', writtenAt: moment } });
    expect(sent.map(({ resource }) => resource.resourceType)).toEqual(['Observation', 'Observation', 'Composition']);
    expect(sent[2]!.stored['section']).toMatchObject([{ entry: [{ reference: referenceTo(sent[0]!.stored) }] }, { entry: [{ reference: referenceTo(sent[1]!.stored) }] }]);
  });

  it('of a pulse with its regularity are number, regularity and the panel that holds them', async () => {
    const sent = await send({ kind: 'pulse-rate', input: { rate: 72, regularity: 'irregular', measuredAt: moment, note: 'sporter' } });
    expect(sent.map(({ stored }) => (stored['code'] as { coding: { code: string }[] }).coding[0]!.code)).toEqual(['8893-0', '44969-4', '366199006']);
    expect(sent[2]!.stored['hasMember']).toEqual([0, 1].map((index) => ({ reference: referenceTo(sent[index]!.stored), type: 'Observation' })));
  });

  it('cannot be made before the steps that they refer to', () => {
    const panel = stepsOf({ kind: 'pulse-rate', input: { rate: 72, regularity: 'regular', measuredAt: moment } }, subject).at(-1)!;
    expect(() => panel.create({ rate: 'Observation/1' })).toThrow('regularity');
    expect(() => resourceOf({ kind: 'pulse-rate', input: { rate: 72, regularity: 'regular', measuredAt: moment } }, subject)).toThrow('more than one resource');
  });
});

describe('the field that an outcome is about', () => {
  it.each<[WriteKindName, string, string, string | undefined]>([
    ['blood-pressure', 'blood-pressure', 'Observation.component[1].value.code', 'diastolic'],
    ['blood-pressure', 'blood-pressure', 'Observation.component', 'systolic'],
    ['blood-pressure', 'blood-pressure', 'Observation.effective', 'measuredAt'],
    ['blood-pressure', 'blood-pressure', 'Observation.status', undefined],
    ['body-weight', 'body-weight', 'Observation.value.code', 'unit'],
    ['body-weight', 'body-weight', 'Observation.valuable', undefined],
    ['pulse-rate', 'regularity', 'Observation.value', 'regularity'],
    ['heart-rate', 'heart-rate', 'Observation.interpretation', 'interpretation'],
    ['soap-report', 'evaluation', 'Observation.value', 'evaluation'],
    ['soap-report', 'subjective', 'Observation.extension', 'subjectiveIcpc'],
    ['soap-report', 'report', 'Composition.date', 'writtenAt'],
    ['text-result', 'text-result', 'DiagnosticReport.conclusion', 'conclusion'],
    ['medication-use', 'medication-use', 'MedicationStatement.dosage[0].doseAndRate[0].dose', 'dose'],
    ['medication-administration', 'medication-administration', 'MedicationAdministration.medication', 'product'],
    ['medication-administration', 'medication-administration', 'MedicationAdministration.dosage.route', 'route'],
  ])('of %s, step %s, at %s is %s', (kind, step, expression, field) => expect(fieldOf(kind, step, expression)).toBe(field));
});
