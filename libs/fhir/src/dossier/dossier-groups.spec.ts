import fc from 'fast-check';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FhirResource } from '../fhir-resource.js';
import { LOINC, OBSERVATION_CATEGORY, SNOMED_CT, UCUM } from '../r4/code-systems.js';
import { zibOf } from '../r4/resource-facts.js';
import { type DossierChapter, dossierChapters, dossierGroups } from './dossier-groups.js';
import type { DossierPart } from './dossier-part.js';
import { type DossierPartName, dossierPartNames } from './dossier-queries.js';
import { type DossierGroup, dossierView, settledGroups } from './dossier-view.js';

const now = new Date('2026-06-14T00:00:00Z');
const options = { source: 'De Linde', now };
const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';

function fetched(name: DossierPartName, resources: readonly FhirResource[], included: readonly FhirResource[] = []): DossierPart {
  return { name, state: 'fetched', resources, included, total: resources.length, fetchedAt: now };
}

function groupOf(name: string, ...parts: DossierPart[]): DossierGroup {
  const group = dossierView(parts, options).groups.find((each) => each.name === name);
  if (group === undefined) throw new Error(`no group ${name}`);
  return group;
}

function lineOf(name: DossierPartName, resource: FhirResource, ...included: FhirResource[]) {
  const [line] = groupOf(name, fetched(name, [resource], included)).entries;
  if (line === undefined) throw new Error('the line was left out');
  return line;
}

function coded(system: string, code: string, display?: string): object {
  return { coding: [{ system, code, ...(display === undefined ? {} : { display }) }] };
}

function observed(id: string, code: object, more: object): FhirResource {
  return { resourceType: 'Observation', id, status: 'final', code, effectiveDateTime: '2026-06-13T21:05:00Z', performer: [{ display: 'M. Okafor' }], ...more };
}

function quantity(value: number, code: string, unit = code): object {
  return { value, unit, code, system: UCUM };
}

describe('groups of the dossier', () => {
  it('show every part that is fetched', () => {
    const shown = new Set(dossierGroups.flatMap(({ lines }) => lines.map(({ part }) => part)));
    expect(dossierPartNames.filter((name) => !shown.has(name))).toEqual([]);
  });

  it('each have a name of their own, chapter by chapter', () => {
    expect(new Set(dossierGroups.map(({ name }) => name)).size).toBe(dossierGroups.length);
    const chapters = dossierGroups.map(({ chapter }) => chapter).filter((chapter, index, all) => chapter !== all[index - 1]);
    expect(chapters).toEqual<readonly DossierChapter[]>(dossierChapters);
  });

  it('say that a part of them failed and show the rest', () => {
    const vaccination: FhirResource = { resourceType: 'Immunization', id: 'v1', status: 'completed', vaccineCode: { text: 'Griep' }, occurrenceDateTime: '2025-10-14' };
    expect(groupOf('vaccination', fetched('vaccination', [vaccination]), { name: 'planned-vaccination', state: 'failed', reason: 'too-slow' })).toMatchObject({
      state: 'incomplete',
      entries: [{ label: 'Griep', status: 'gegeven' }],
      message: 'Een deel ontbreekt. De bron antwoordt te traag; dit onderdeel ontbreekt.',
    });
  });

  it('are told once all of their searches have been answered', () => {
    const names = (...parts: DossierPart[]): readonly string[] => settledGroups(parts, options).map(({ name }) => name);
    expect(names(fetched('pulse-rate', []))).toEqual([]);
    expect(names(fetched('pulse-rate', []), fetched('pulse-regularity', []), { name: 'pulse-panel', state: 'failed', reason: 'unavailable' })).toEqual(['pulse-rate']);
    expect(names(fetched('alert', []), fetched('problem', []))).toEqual(['problem']);
  });

  it('have contact persons that stand in the Patient itself as well (§3.7)', () => {
    const patient: FhirResource = { resourceType: 'Patient', id: 'p1', contact: [{ relationship: [{ text: 'Dochter' }], name: { text: 'Karin' }, telecom: [{ system: 'phone', value: '+31655591010' }] }] };
    expect(groupOf('contact-person', fetched('patient', [patient]), fetched('contact-person', [])).entries).toMatchObject([{ label: 'Karin', values: [{ label: 'Relatie', value: 'Dochter' }, { label: 'Telefoon', value: '+31655591010' }] }]);
  });

  it('show a restriction of freedom in its own group only', () => {
    const restriction: FhirResource = { resourceType: 'Procedure', id: 'f1', status: 'in-progress', category: coded(SNOMED_CT, '225317005'), code: { text: 'Bedhekken' } };
    expect(groupOf('procedure', fetched('procedure', [restriction])).entries).toEqual([]);
    expect(lineOf('freedom-restriction', restriction)).toMatchObject({ label: 'Bedhekken', status: 'lopend' });
  });
});

/** Lines of which one resource per part is enough to make them. */
const typeOf: Readonly<Record<string, string>> = { 'contact-person': 'RelatedPerson', 'medical-device': 'DeviceUseStatement', 'soap-report': 'Composition' };

describe('every line of every group, whatever a source sends (§10.3)', () => {
  const parts = dossierGroups.flatMap(({ name, lines }) => lines.filter(({ part }) => part !== 'patient').map(({ part, entriesOf }) => [part, name, entriesOf] as const));
  const context = { ...options, related: new Map<string, FhirResource>() };

  it.each(parts)('%s is a line for any JSON at all', (part, _group, entriesOf) => {
    const anything = fc.dictionary(fc.constantFrom('status', 'code', 'text', 'dosage', 'component', 'target', 'section', 'activity', 'recommendation', 'condition', 'device', 'note', 'extension', 'provision', 'period', 'performer', 'valueQuantity', 'referenceRange', 'interpretation', 'name', 'contact', 'relationship', 'onsetAge', 'hasMember', 'bodySite'), fc.jsonValue());
    fc.assert(
      fc.property(anything, (elements) => {
        const [line] = entriesOf({ ...elements, resourceType: typeOf[part] ?? 'Observation', id: 'x1' } as FhirResource, context);
        expect(line).toMatchObject({ reference: expect.stringContaining('x1'), source: 'De Linde', when: expect.any(String), author: expect.any(String), status: expect.any(String) });
        expect(line!.values.every(({ label, value }) => typeof label === 'string' && typeof value === 'string' && value !== '')).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it.each(parts)('%s warns of a modifier that it does not know, and shows it raw', (part, _group, entriesOf) => {
    const modifier = { url: 'http://example.org/turns-it-round', valueBoolean: true };
    const [line] = entriesOf({ resourceType: typeOf[part] ?? 'Observation', id: 'x1', modifierExtension: [modifier] }, context);
    expect(line!.warnings).toContain('Deze regel heeft een aanvulling die de betekenis kan veranderen. Raadpleeg de bron.');
    expect(line!.values).toContainEqual({ label: 'Onbekende aanvulling', value: JSON.stringify(modifier) });
  });

  /** A contact person has none as a rule, and a planned vaccination has none in FHIR. */
  const withStatus = parts.filter(([part]) => part !== 'contact-person' && part !== 'planned-vaccination');

  it.each(withStatus)('%s warns of a status that it does not know, and of none', (part, _group, entriesOf) => {
    const resource = { resourceType: typeOf[part] ?? 'Observation', id: 'x1' };
    const unknown = { ...resource, status: 'zzz', lifecycleStatus: 'zzz', clinicalStatus: coded('http://example.org', 'zzz') };
    expect(entriesOf(unknown, context)[0]!.warnings).toContain('Onbekende status: zzz.');
    expect(entriesOf(resource, context)[0]!.warnings.some((warning) => /status/i.test(warning))).toBe(true);
  });

  it.each(withStatus.filter(([part]) => part !== 'allergy-intolerance' && part !== 'problem'))('%s that was entered in error is shown as such', (part, _group, entriesOf) => {
    const resource = { resourceType: typeOf[part] ?? 'Observation', id: 'x1', status: 'entered-in-error', lifecycleStatus: 'entered-in-error' };
    expect(entriesOf(resource, context)[0]).toMatchObject({ status: 'foutief ingevoerd', warnings: expect.arrayContaining(['Foutief ingevoerd; niet gebruiken.']) });
  });
});

describe('measurements', () => {
  const pressure = (id: string, at: string, systolic: number, more: object = {}): FhirResource =>
    observed(id, coded(LOINC, '85354-9'), {
      effectiveDateTime: at,
      component: [
        { code: coded(LOINC, '8480-6'), valueQuantity: quantity(systolic, 'mm[Hg]', 'mmHg') },
        { code: coded(LOINC, '8462-4'), valueQuantity: quantity(80, 'mm[Hg]', 'mmHg') },
      ],
      ...more,
    });

  it('have a trend for every value, oldest first, without what was withdrawn', () => {
    const resources = [pressure('o3', '2026-06-13', 140), pressure('o2', '2026-06-12', 300, { status: 'entered-in-error' }), pressure('o1', '2026-06-11', 130)];
    expect(groupOf('blood-pressure', fetched('blood-pressure', resources)).trends).toEqual([
      { label: 'Bovendruk', unit: 'mmHg', points: [{ at: '2026-06-11', value: 130 }, { at: '2026-06-13', value: 140 }], words: '140 mmHg, gestegen met 10' },
      { label: 'Onderdruk', unit: 'mmHg', points: [{ at: '2026-06-11', value: 80 }, { at: '2026-06-13', value: 80 }], words: '80 mmHg, gelijk gebleven' },
    ]);
  });

  it('are drawn in one unit, and not at all in one that we do not know', () => {
    const weight = (id: string, value: object): FhirResource => observed(id, coded(LOINC, '29463-7'), { valueQuantity: value });
    const { trends } = groupOf('body-weight', fetched('body-weight', [weight('o1', quantity(72.5, 'kg')), weight('o2', quantity(72_400, 'g')), weight('o3', quantity(160, '[lb_av]')), weight('o4', { ...quantity(200, 'kg'), comparator: '<' })]));
    expect(trends[0]?.points.map(({ value }) => value)).toEqual([72.5, 72.4]);
  });

  it('show cuff, place, position and manner beside the value, in words', () => {
    const line = lineOf('blood-pressure', {
      ...pressure('o1', '2026-06-13', 140, { bodySite: coded(SNOMED_CT, '368209003', 'Rechter bovenarm') }),
      extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/observation-bodyPosition', valueCodeableConcept: coded(SNOMED_CT, '33586001') }],
      component: [{ code: coded(SNOMED_CT, '70665002'), valueCodeableConcept: coded('urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.15.1', 'L') }],
    });
    expect(line.values).toEqual(expect.arrayContaining([{ label: 'Manchet', value: 'groot' }, { label: 'Plaats', value: 'Rechter bovenarm' }, { label: 'Houding', value: 'zittend' }]));
  });

  it('never drop a component or a code that we do not know', () => {
    const line = lineOf('blood-pressure', pressure('o1', '2026-06-13', 140, { component: [{ code: coded('http://example.org', 'x'), valueString: 'iets' }], method: coded('http://example.org', 'm') }));
    expect(line.values).toEqual(expect.arrayContaining([{ label: 'x (http://example.org)', value: 'iets' }, { label: 'Methode', value: 'm (http://example.org)' }]));
    expect(line.warnings).toEqual(['Een waarde ontbreekt.', 'Onbekend onderdeel: x (http://example.org).', 'Onbekende code: m (http://example.org).']);
  });

  it('say why a value is absent', () => {
    const line = lineOf('body-weight', observed('o1', coded(LOINC, '29463-7'), { dataAbsentReason: coded('http://terminology.hl7.org/CodeSystem/data-absent-reason', 'asked-declined') }));
    expect([line.values, line.warnings]).toEqual([[{ label: 'Gewicht', value: 'ontbreekt: wilde het niet zeggen' }], ['Een waarde ontbreekt.']]);
  });

  const rate = observed('r1', coded(LOINC, '8893-0'), { valueQuantity: quantity(50, '/min') });
  const regularity = observed('r2', coded(LOINC, '44969-4'), { valueCodeableConcept: coded(SNOMED_CT, '61086009') });
  const panel = observed('r3', coded(SNOMED_CT, '366199006'), { hasMember: [{ reference: 'Observation/r1' }, { reference: 'Observation/r2' }], note: [{ text: 'Sportvrouw' }] });

  it('show a pulse as one line: number and regularity in their panel, and nothing twice', () => {
    const group = groupOf('pulse-rate', fetched('pulse-rate', [rate]), fetched('pulse-regularity', [regularity]), fetched('pulse-panel', [panel]));
    expect(group.entries).toMatchObject([{ reference: 'Observation/r3', values: [{ label: 'Pols', value: '50', unit: '/min' }, { label: 'Regelmaat', value: 'onregelmatig' }], note: 'Sportvrouw', warnings: [] }]);
    expect(group.trends).toMatchObject([{ points: [{ value: 50 }] }]);
  });

  it('name a member of a panel that did not come along', () => {
    const [line] = groupOf('pulse-rate', fetched('pulse-panel', [panel])).entries;
    expect(line).toMatchObject({ values: [{ label: 'Onderdeel', value: 'een meting of bevinding uit dit dossier' }, { label: 'Onderdeel', value: 'een meting of bevinding uit dit dossier' }], warnings: ['Een onderdeel van deze meting kan niet worden getoond.'] });
  });
});

describe('laboratory results', () => {
  const result = observed('l1', coded(LOINC, '2069-3', 'Chloride'), {
    category: [coded(OBSERVATION_CATEGORY, 'laboratory')],
    valueQuantity: quantity(109.5, 'mmol/l'),
    interpretation: [coded(SNOMED_CT, '281302008')],
    referenceRange: [{ low: quantity(99, 'mmol/l'), high: quantity(108, 'mmol/l') }],
    specimen: { reference: 'Specimen/s1' },
  });

  it('show value, interpretation, reference range and material', () => {
    const specimen: FhirResource = { resourceType: 'Specimen', id: 's1', type: { text: 'bloed' }, collection: { collectedDateTime: '2026-06-12' } };
    expect(lineOf('laboratory-test-result', result, specimen)).toMatchObject({
      label: 'Chloride',
      values: [
        { label: 'Uitslag', value: '109,5', unit: 'mmol/l', interpretation: 'boven referentiebereik' },
        { label: 'Referentiewaarden', value: '99–108 mmol/l' },
        { label: 'Materiaal', value: 'bloed, afgenomen vr 12 juni 2026' },
      ],
      warnings: [],
    });
  });

  it('say that the material cannot be read', () => expect(lineOf('laboratory-test-result', result).values.at(-1)).toEqual({ label: 'Materiaal', value: 'materiaal zonder naam (kan niet worden gelezen)' }));

  it('warn of an interpretation that we do not know', () => {
    expect(lineOf('laboratory-test-result', { ...result, interpretation: [coded('http://example.org', 'zz')] }).warnings).toEqual(['Onbekende code: zz (http://example.org).']);
  });

  it('have a trend for a test that came more than once', () => {
    const { trends } = groupOf('laboratory-test-result', fetched('laboratory-test-result', [result, { ...result, id: 'l2', effectiveDateTime: '2026-05-01', valueQuantity: quantity(100, 'mmol/l') }]));
    expect(trends).toEqual([{ label: 'Chloride', unit: 'mmol/l', points: [{ at: '2026-05-01', value: 100 }, { at: '2026-06-13T21:05:00Z', value: 109.5 }], words: '109,5 mmol/l, gestegen met 9,5' }]);
  });
});

describe('SOAP report', () => {
  const section = (code: string, id: string): object => ({ code: coded(SNOMED_CT, code, 'Subjective'), entry: [{ reference: `Observation/${id}` }] });
  const report: FhirResource = { resourceType: 'Composition', id: 'c1', status: 'final', date: '2026-06-13', title: 'Kortademig', author: [{ display: 'M. Okafor' }], section: [section('255362007', 's'), section('260224007', 'o'), section('129265001', 'e'), section('129271007', 'p')] };
  const line = (id: string, more: object = {}): FhirResource => ({ resourceType: 'Observation', id, status: 'final', valueString: `tekst ${id} <b>`, ...more });

  it('shows its four lines under their Dutch names, letter for letter', () => {
    const icpc = [{ url: `${NICTIZ}/ext-SOAPReport.SOAPLineCode`, valueCodeableConcept: coded('http://hl7.org/fhir/sid/icpc-1-nl', 'R05', 'Hoesten') }];
    expect(lineOf('soap-report', report, line('s', { extension: icpc }), line('o'), line('e'), line('p'))).toMatchObject({
      label: 'Kortademig',
      values: [
        { label: 'Subjectief', value: 'tekst s <b> (ICPC: Hoesten)' },
        { label: 'Objectief', value: 'tekst o <b>' },
        { label: 'Evaluatie', value: 'tekst e <b>' },
        { label: 'Plan', value: 'tekst p <b>' },
      ],
      warnings: [],
    });
  });

  it('says of a line that it cannot be read, or was entered in error', () => {
    const shown = lineOf('soap-report', report, line('s'), line('o', { status: 'entered-in-error' }), line('e'));
    expect(shown.values.at(-1)).toEqual({ label: 'Plan', value: 'kan niet worden gelezen' });
    expect(shown.warnings).toEqual(['Foutief ingevoerd; niet gebruiken.', 'Een regel van dit verslag kan niet worden gelezen.']);
  });
});

describe('medication', () => {
  const agreement: FhirResource = {
    resourceType: 'MedicationRequest',
    id: 'm1',
    status: 'active',
    intent: 'order',
    medicationCodeableConcept: { text: 'Furosemide 40 mg' },
    authoredOn: '2026-06-01',
    requester: { display: 'H. Arts' },
    extension: [{ url: `${NICTIZ}/ext-TimeInterval.Period`, valuePeriod: { start: '2026-06-01', extension: [{ url: `${NICTIZ}/ext-TimeInterval.Duration`, valueDuration: quantity(3, 'wk', 'weken') }] } }],
    dosageInstruction: [{ text: '1 maal per dag 1 tablet' }],
  };
  const stopped = (code: string): object => ({ modifierExtension: [{ url: `${NICTIZ}/ext-StopType`, valueCodeableConcept: coded(SNOMED_CT, code) }] });

  it.each(['medication-use', 'medication-agreement', 'administration-agreement'] as const)('%s that was stopped is no current medication, and says so (§3.6)', (part) => {
    const line = lineOf(part, { ...agreement, ...stopped('410546004') });
    expect(line.values[0]).toEqual({ label: 'Stoptype', value: 'gestopt' });
    expect(line.warnings).toContain('Gestopt: dit is geen lopende medicatie.');
    expect(line.warnings).not.toContain('Deze regel heeft een aanvulling die de betekenis kan veranderen. Raadpleeg de bron.');
  });

  it('that was interrupted, or stopped in a way that we do not know, is shown as such', () => {
    expect(lineOf('medication-agreement', { ...agreement, ...stopped('385655000') }).warnings).toEqual(['Onderbroken: dit is geen lopende medicatie.']);
    expect(lineOf('medication-agreement', { ...agreement, ...stopped('1') }).warnings).toEqual(['Onbekend stoptype: 1 (http://snomed.info/sct).']);
  });

  it('shows the period of use with its duration, and when it is over', () => {
    expect(lineOf('medication-agreement', agreement).values).toContainEqual({ label: 'Gebruik', value: 'vanaf ma 1 juni 2026 gedurende 3 weken' });
    const over = [{ url: `${NICTIZ}/ext-TimeInterval.Period`, valuePeriod: { start: '2026-06-01', end: '2026-06-12' } }];
    expect(lineOf('medication-agreement', { ...agreement, extension: over }).warnings).toEqual(['De gebruiksperiode is voorbij.']);
  });

  it('that must not be given says so', () => expect(lineOf('medication-agreement', { ...agreement, doNotPerform: true }).warnings).toEqual(['Dit middel mag niet worden gegeven.']));

  it('that was not given says so, and why', () => {
    const line = lineOf('medication-administration', { resourceType: 'MedicationAdministration', id: 'a1', status: 'not-done', medicationCodeableConcept: { text: 'Furosemide' }, effectiveDateTime: '2026-06-13', statusReason: [{ text: 'Geweigerd' }] });
    expect(line).toMatchObject({ status: 'niet toegediend', values: [{ label: 'Reden van status', value: 'Geweigerd' }], warnings: ['Niet toegediend.'] });
  });
});

describe('who signed', () => {
  it('is named by what came along: the person of a role, and where', () => {
    const role: FhirResource = { resourceType: 'PractitionerRole', id: 'r1', practitioner: { reference: 'Practitioner/p1' }, organization: { reference: 'Organization/o1' } };
    const person: FhirResource = { resourceType: 'Practitioner', id: 'p1', name: [{ text: 'M. Okafor' }] };
    const organisation: FhirResource = { resourceType: 'Organization', id: 'o1', name: 'De Linde' };
    const report = observed('n1', coded(SNOMED_CT, '11591000146107'), { performer: [{ reference: 'PractitionerRole/r1' }], valueString: 'x' });
    expect(lineOf('nursing-report', report, role, person, organisation).author).toBe('M. Okafor, De Linde');
    expect(lineOf('nursing-report', report).author).toBe('een zorgverlener zonder naam');
  });
});

const examples = join(import.meta.dirname, '../../../../../shared/fhir-examples/r4');
const published = existsSync(examples) ? readdirSync(examples).filter((file) => file.endsWith('.json')) : [];
const read = published.map((file) => [file, FhirResource.parse(JSON.parse(readFileSync(join(examples, file), 'utf8')))] as const);
const shownNames: readonly string[] = dossierPartNames;
const ofTheDossier = read.flatMap(([file, resource]) => {
  const name = zibOf(resource)?.name;
  return name !== undefined && name !== 'patient' && shownNames.includes(name) ? [[file, name as DossierPartName, resource] as const] : [];
});
const own: readonly (readonly [string, DossierPartName, FhirResource])[] = [['own instance', 'nursing-report', observed('n1', coded(SNOMED_CT, '11591000146107'), { valueString: 'x' })]];

describe(`published instances${published.length === 0 ? ' (absent here: our own only)' : ''}`, () => {
  it.each([...own, ...ofTheDossier])('%s is a line of its group with a name and a status that we know', (_file, name, resource) => {
    const group = dossierGroups.find(({ lines }) => lines.some(({ part }) => part === name))!;
    const [line] = groupOf(group.name, fetched(name, [resource], read.map(([, other]) => other))).entries;
    expect(line?.label).not.toMatch(/zonder naam|niet genoemd|onbekend/i);
    expect(line?.warnings.filter((warning) => /^Onbekende status|^Onleesbaar/.test(warning))).toEqual([]);
  });
});
