import { DidUrl, PatientId } from '@anw/values';
import { resourceOf, stepsOf, type Write } from '../write-back/write-kinds.js';
import { type EnrichmentWithBody, joinParts, summariseEnrichment } from './summarise-enrichment.js';

const id = '0d6a2c0e-1f64-4d52-8d8b-2a2b1d3c4e5f';
const patient = PatientId.parse('patient-1');
const at = new Date('2026-01-01T22:10:00.000Z');

describe('what the day team reads of what came back (design §2 step 6)', () => {
  it('is the text of a report, and when it was written', () => {
    const report = resourceOf({ kind: 'nursing-report', input: { text: 'Mevrouw was rustig, wond droog.', writtenAt: at.toISOString() } }, { id, patient });
    expect(summariseEnrichment(report)).toEqual({ kind: 'report', text: 'Mevrouw was rustig, wond droog.', effectiveAt: at });
  });

  it('is both pressures with their unit, the upper first, and when they were measured', () => {
    const pressure = resourceOf({ kind: 'blood-pressure', input: { systolic: 138, diastolic: 84, measuredAt: at.toISOString() } }, { id, patient });
    expect(summariseEnrichment(pressure)).toEqual({ kind: 'blood-pressure', text: expect.stringMatching(/^138 mm\S* \/ 84 mm\S*$/), effectiveAt: at });
  });

  it.each([
    ['Lichaamsgewicht 68,4 kg', { code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] }, valueQuantity: { value: 68.4, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' } }],
    ['Lichaamstemperatuur 37,4 °C', { code: { coding: [{ system: 'http://loinc.org', code: '8310-5' }] }, valueQuantity: { value: 37.4, system: 'http://unitsofmeasure.org', code: 'Cel' } }],
    [
      'Visus linkeroog 0,8',
      {
        code: { coding: [{ system: 'http://snomed.info/sct', code: '260246004' }] },
        bodySite: { extension: [{ url: 'http://nictiz.nl/fhir/StructureDefinition/ext-AnatomicalLocation.Laterality', valueCodeableConcept: { coding: [{ system: 'http://snomed.info/sct', code: '7771000' }] } }] },
        valueQuantity: { value: 0.8, system: 'http://unitsofmeasure.org', code: '1' },
      },
    ],
  ])('is what was measured with its number: %s', (text, content) => {
    expect(summariseEnrichment({ resourceType: 'Observation', effectiveDateTime: at.toISOString(), ...content })).toEqual({ kind: 'measurement', text, effectiveAt: at });
  });

  it('has no moment when the resource says none', () => {
    const { effectiveDateTime: _, ...undated } = resourceOf({ kind: 'nursing-report', input: { text: 'Geen bijzonderheden.', writtenAt: at.toISOString() } }, { id, patient });
    expect(summariseEnrichment(undated as never)).toMatchObject({ text: 'Geen bijzonderheden.', effectiveAt: undefined });
  });
});

describe('what was written in parts (§3.1, §3.2)', () => {
  const authorization = DidUrl.parse('did:web:regie.example:iam:1#a');

  /** Every step as the custodian lists it, newest first. */
  function written(write: Write, prefix: string, under = authorization): readonly EnrichmentWithBody[] {
    const references: { [step: string]: string } = {};
    const list = stepsOf(write, { id, patient }).map((step) => {
      const created = step.create(references);
      references[step.name] = `${created.resourceType}/${prefix}-${step.name}`;
      return { type: created.resourceType, resource: `${prefix}-${step.name}`, authorization: under, body: created };
    });
    return list.toReversed();
  }
  const soap: Write = { kind: 'soap-report', input: { title: 'Hoest', subjective: 'Hoest.', plan: 'Rust.', writtenAt: at.toISOString() } };
  const pulse: Write = { kind: 'pulse-rate', input: { rate: 72, regularity: 'irregular', measuredAt: at.toISOString() } };
  const read = (list: readonly EnrichmentWithBody[]) => joinParts(list).map(({ whole, parts }) => summariseEnrichment(whole.body, parts.map(({ body }) => body)).text);

  it('stands together: a report with its lines, a pulse with its regularity', () => {
    expect(read([...written(soap, 's'), ...written(pulse, 'p')])).toEqual(['Hoest\nS: Hoest.\nP: Rust.', 'Polsfrequentie 72 /min, Polsregelmatigheid onregelmatige pulsaties']);
  });

  it('of which the whole never came is read all the same, part by part', () => {
    expect(read(written(soap, 's').slice(1))).toEqual(['P: Rust.', 'S: Hoest.']);
  });

  it('of which a part is not at hand says what there is', () => {
    const [report, plan] = written(soap, 's');
    expect(read([report!, plan!])).toEqual(['Hoest\nP: Rust.']);
  });

  it('is never joined over two authorizations', () => {
    const [report] = written(soap, 's');
    const lines = written(soap, 's', DidUrl.parse('did:web:regie.example:iam:1#b')).slice(1);
    expect(read([report!, ...lines])).toEqual(['Hoest', 'P: Rust.', 'S: Hoest.']);
  });
});

describe('medication that came back (§9.2)', () => {
  const product = { reference: 'Medication/m1', name: 'Furosemide 40 mg' };
  it.each<[string, Write]>([
    ['Medicatiegebruik Furosemide 40 mg, niet gebruikt, Ligt nog in de weekdoos.', { kind: 'medication-use', input: { product, use: 'not-taken', source: 'patient', assertedAt: at.toISOString(), note: 'Ligt nog in de weekdoos.' } }],
    ['Medicatiegebruik Furosemide 40 mg, 2 stuk, gestopt', { kind: 'medication-use', input: { product, use: 'stopped', source: 'patient', assertedAt: at.toISOString(), dose: { amount: 2, unit: 'stuk' } } }],
    ['Medicatietoediening Furosemide 40 mg, 1 stuk', { kind: 'medication-administration', input: { product, given: true, dose: { amount: 1, unit: 'stuk' }, route: { code: '9', name: 'oraal' }, administeredAt: at.toISOString() } }],
    ['Medicatietoediening Furosemide 40 mg, niet toegediend: Mw. weigert.', { kind: 'medication-administration', input: { product, given: false, reason: 'Mw. weigert.', administeredAt: at.toISOString() } }],
    ['Medicatiegebruik IBUPROFEN TABLET 600MG', { kind: 'medication-use', input: { product: { list: 'PRK', code: '17469', name: 'IBUPROFEN TABLET 600MG' }, use: 'active', source: 'practitioner', assertedAt: at.toISOString() } }],
  ])('says what was or was not taken: %s', (text, write) => expect(summariseEnrichment(resourceOf(write, { id, patient })).text).toBe(text));
});
