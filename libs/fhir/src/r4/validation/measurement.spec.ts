import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import type { FhirResource } from '../../fhir-resource.js';
import { zibOf } from '../resource-facts.js';
import { judgeCreate } from './judge-create.js';
import type { WriteContext } from './write-context.js';

const LOINC = 'http://loinc.org';
const SNOMED_CT = 'http://snomed.info/sct';
const NICTIZ = 'http://nictiz.nl/fhir/StructureDefinition';
const VALUE = 'Observation.value';
const UNIT = 'Observation.value.code';

const context: WriteContext = {
  patient: PatientId.parse('p1'),
  origin: {
    actor: Did.parse('did:web:zorg.example:iam:2'),
    regisseur: Did.parse('did:web:regie.example:iam:1'),
    authorization: DidUrl.parse('did:web:regie.example:iam:1#a'),
    practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'M. Okafor' },
  },
  authorizedFrom: new Date('2026-06-13T19:00:00Z'),
  now: new Date('2026-06-13T21:10:00Z'),
};

type Changes = Readonly<Record<string, unknown>>;

function quantity(value: number, code: string, changes: object = {}): Changes {
  return { valueQuantity: { value, unit: code, system: 'http://unitsofmeasure.org', code, ...changes } };
}

function coded(system: string, ...codes: string[]): { coding: object[] } {
  return { coding: codes.map((code) => ({ system, code })) };
}

function component(code: string, value: Changes): Changes {
  return { component: [{ code: coded(SNOMED_CT, code), ...value }] };
}

/** As a nurse measures it; `undefined` in the changes takes an element out. */
function observation(profile: string, code: object, value: Changes, changes: Changes = {}): FhirResource {
  return JSON.parse(
    JSON.stringify({
      resourceType: 'Observation',
      meta: { profile: [profile] },
      status: 'final',
      category: [coded('http://terminology.hl7.org/CodeSystem/observation-category', 'vital-signs')],
      code,
      subject: { reference: 'Patient/p1' },
      effectiveDateTime: '2026-06-13T21:05:00Z',
      ...value,
      ...changes,
    }),
  );
}

const make = {
  'body weight': (changes?: Changes) => observation(`${NICTIZ}/nl-core-BodyWeight`, coded(LOINC, '29463-7'), quantity(68.4, 'kg'), changes),
  'body height': (changes?: Changes) => observation(`${NICTIZ}/nl-core-BodyHeight`, coded(LOINC, '8302-2'), quantity(164, 'cm'), changes),
  'body temperature': (changes?: Changes) => observation(`${NICTIZ}/nl-core-BodyTemperature`, coded(LOINC, '8310-5'), quantity(37.4, 'Cel'), changes),
  'oxygen saturation': (changes?: Changes) => observation(`${NICTIZ}/nl-core-O2Saturation`, coded(LOINC, '2708-6', '59408-5'), quantity(96, '%'), changes),
  'pulse rate': (changes?: Changes) => observation(`${NICTIZ}/nl-core-PulseRate.PulseRateValue`, coded(LOINC, '8893-0'), quantity(74, '/min'), changes),
  'heart rate': (changes?: Changes) => observation(`${NICTIZ}/nl-core-HeartRate`, coded(LOINC, '8867-4'), quantity(76, '/min'), changes),
  respiration: (changes?: Changes) => observation('http://hl7.org/fhir/StructureDefinition/resprate', coded(LOINC, '9279-1'), quantity(15, '/min'), changes),
  'visual acuity': (changes?: Changes) =>
    observation(`${NICTIZ}/nl-core-VisualAcuity`, coded(SNOMED_CT, '260246004'), quantity(0.8, '1'), { category: undefined, bodySite: eye(laterality('7771000')), ...changes }),
};

type Name = keyof typeof make;
const names = Object.keys(make) as Name[];
const vitalSigns = names.filter((name) => name !== 'visual acuity');

function laterality(code: string): object {
  return { url: `${NICTIZ}/ext-AnatomicalLocation.Laterality`, valueCodeableConcept: coded(SNOMED_CT, code) };
}

function eye(...extension: object[]): object {
  return { ...coded(SNOMED_CT, '81745001'), ...(extension.length === 0 ? {} : { extension }) };
}

function prepare(resource: FhirResource) {
  return judgeCreate(JSON.stringify(resource), 'Observation', context);
}

/** `taken` or the refusal, then `rule code expression` of every issue. */
function told(resource: FhirResource): readonly string[] {
  const prepared = prepare(resource);
  const issues = prepared.ok ? prepared.value.warnings : (prepared.failure.issues ?? []);
  return [prepared.ok ? 'taken' : prepared.failure.code, ...issues.map(({ rule, code, expression }) => [rule, code, expression].join(' '))];
}

describe('a measurement of one number (§9.2)', () => {
  it.each(names)('takes a %s', (name) => expect(told(make[name]())).toEqual(['taken']));

  it.each(names)('takes a %s that claims no profile, and knows it by its code', (name) => {
    const unclaimed = make[name]({ meta: undefined });
    expect(told(unclaimed)).toEqual(['taken']);
    expect(make[name]()['meta']).toEqual({ profile: [zibOf(unclaimed)?.profile] });
  });

  it.each(names)('takes a %s with how, where and a remark', (name) => {
    const site = name === 'visual acuity' ? {} : { bodySite: coded(SNOMED_CT, '368209003') };
    expect(told(make[name]({ method: coded(SNOMED_CT, '113011001'), note: [{ text: 'Onrustig.' }], ...site }))).toEqual(['taken']);
  });

  it.each(names)('takes a %s with a component that the zib does not know: slicing is open (§2)', (name) => {
    expect(told(make[name](component('57485005', { valueBoolean: true })))).toEqual(['taken']);
  });
});

describe('rules of every measurement (§2, §9.3)', () => {
  const faults: [fault: string, changes: (given: FhirResource) => Changes, issue: string][] = [
    ['no value', () => ({ valueQuantity: undefined }), `VS-VALUE invariant ${VALUE}`],
    ['only a reason why there is no value', () => ({ valueQuantity: undefined, dataAbsentReason: { text: 'geweigerd' } }), `VS-VALUE invariant ${VALUE}`],
    ['a value and a reason why there is none', () => ({ dataAbsentReason: { text: 'geweigerd' } }), 'VS-VALUE invariant Observation.dataAbsentReason'],
    ['a unit without a number', (given) => ({ valueQuantity: { ...quantityOf(given), value: undefined } }), `VS-VALUE invariant ${VALUE}`],
    ['a number with a comparator', (given) => ({ valueQuantity: { ...quantityOf(given), comparator: '<' } }), `VS-VALUE business-rule ${VALUE}`],
    ['a text for a number', () => ({ valueQuantity: undefined, valueString: '37' }), `VS-VALUE structure ${VALUE}`],
    ['a text beside the number', () => ({ valueString: '37' }), `VS-VALUE structure ${VALUE}`],
    ['a component that says nothing', () => component('57485005', {}), 'VS-COMPONENT invariant Observation.component[0].value'],
    ['a reference to another measurement', () => ({ derivedFrom: [{ reference: 'Observation/o2' }] }), 'G9-REFERENCE business-rule Observation.derivedFrom[0]'],
    ['no patient', () => ({ subject: undefined }), 'VS-SUBJECT required Observation.subject'],
    ['no moment', () => ({ effectiveDateTime: undefined }), 'VS-EFFECTIVE required Observation.effective'],
    ['only a month', () => ({ effectiveDateTime: '2026-06' }), 'VS-PRECISION invariant Observation.effective'],
    ['a moment to come', () => ({ effectiveDateTime: '2026-06-14T09:00:00Z' }), 'VS-FUTURE business-rule Observation.effective'],
  ];

  it.each(names.flatMap((name) => faults.map(([fault, changes, issue]) => [name, fault, changes, issue] as const)))('refuses a %s with %s', (name, _fault, changes, issue) => {
    expect(told(make[name](changes(make[name]())))).toEqual(['invalid-resource', issue]);
  });

  it.each(vitalSigns)('refuses a %s without the category vital-signs', (name) => {
    expect(told(make[name]({ category: undefined }))).toEqual(['invalid-resource', 'VS-CATEGORY required Observation.category']);
  });

  it.each(vitalSigns)('refuses a %s with two remarks', (name) => {
    expect(told(make[name]({ note: [{ text: 'a' }, { text: 'b' }] }))).toEqual(['invalid-resource', 'VS-NOTE structure Observation.note']);
  });

  it.each(names)('refuses a %s by another author', (name) => {
    expect(told(make[name]({ performer: [{ display: 'S. Bakker' }] }))).toEqual(['forbidden-content', 'VS-AUTHOR forbidden Observation.performer']);
  });

  it.each(names)('refuses a %s that is another measurement too (G11)', (name) => {
    const given = make[name]({ meta: undefined, bodySite: undefined });
    const code = { coding: [...(given['code'] as { coding: object[] }).coding, { system: LOINC, code: '85354-9' }] };
    expect(told({ ...given, code })).toEqual(['invalid-resource', 'G11-CODE code-invalid Observation.code']);
  });

  it.each(names)('refuses a %s in a unit that merely looks the same', (name) => {
    expect(told(make[name]({ valueQuantity: { ...quantityOf(make[name]()), system: 'http://example.org' } }))).toEqual(['invalid-resource', expect.stringMatching(/-UNIT code-invalid Observation\.value\.code$/)]);
  });
});

describe('units (§9.2, §9.3)', () => {
  it.each<[Name, string, string]>([
    ['body weight', '[lb_av]', 'WEIGHT-UNIT'],
    ['body height', '[in_i]', 'HEIGHT-UNIT'],
    ['body height', 'm', 'HEIGHT-UNIT'],
    ['body temperature', '[degF]', 'TEMP-UNIT'],
    ['oxygen saturation', '1', 'O2-UNIT'],
    ['pulse rate', 'Hz', 'RATE-UNIT'],
    ['heart rate', 'Hz', 'RATE-UNIT'],
    ['respiration', '/s', 'RATE-UNIT'],
    ['respiration', 'constructor', 'RATE-UNIT'],
    ['visual acuity', '%', 'VISUS-UNIT'],
  ])('refuses a %s in %s', (name, unit, rule) => expect(told(make[name](quantity(50, unit)))).toEqual(['invalid-resource', `${rule} code-invalid ${UNIT}`]));

  it('takes a body weight in grams, with the limits of grams', () => {
    expect(told(make['body weight'](quantity(68_400, 'g')))).toEqual(['taken']);
    expect(told(make['body weight'](quantity(68.4, 'g')))).toEqual(['invalid-resource', `VS-RANGE business-rule ${VALUE}`]);
  });

  it('says which unit is due', () => {
    expect(prepare(make['body weight'](quantity(150, '[lb_av]')))).toMatchObject({ failure: { issues: [{ text: 'Eenheid moet kg of g zijn.', severity: 'error' }] } });
  });
});

describe('limits (§9.2)', () => {
  interface Row {
    readonly name: Name;
    readonly unit: string;
    readonly hard: readonly [number, number];
    readonly soft: readonly [number, number];
    /** A step that is just outside. */
    readonly step: number;
    readonly refusal?: string;
  }
  const rows: readonly Row[] = [
    { name: 'body weight', unit: 'kg', hard: [0.2, 650], soft: [30, 250], step: 0.1 },
    { name: 'body weight', unit: 'g', hard: [200, 650_000], soft: [30_000, 250_000], step: 1 },
    { name: 'body height', unit: 'cm', hard: [20, 280], soft: [120, 220], step: 1 },
    { name: 'body temperature', unit: 'Cel', hard: [20, 46], soft: [34, 41], step: 0.1 },
    { name: 'oxygen saturation', unit: '%', hard: [0, 100], soft: [85, 100], step: 1 },
    { name: 'pulse rate', unit: '/min', hard: [0, 350], soft: [40, 150], step: 1 },
    { name: 'heart rate', unit: '/min', hard: [0, 350], soft: [40, 150], step: 1 },
    { name: 'respiration', unit: '/min', hard: [0, 120], soft: [8, 35], step: 1 },
    { name: 'visual acuity', unit: '1', hard: [0, 2], soft: [0, 2], step: 0.1, refusal: `VISUS-RANGE invalid ${VALUE}` },
  ];
  const of = ({ name, unit }: Row, value: number) => told(make[name](quantity(value, unit)));

  it.each(rows)('refuses a $name beyond $hard $unit', (row) => {
    const refused = ['invalid-resource', row.refusal ?? `VS-RANGE business-rule ${VALUE}`];
    expect([of(row, row.hard[0] - row.step), of(row, row.hard[1] + row.step), of(row, -50)]).toEqual([refused, refused, refused]);
  });

  it.each(rows)('takes a $name at $hard $unit, with a warning where it is beyond $soft', (row) => {
    const [least, most] = row.hard;
    const unusual = ['taken', `VS-UNUSUAL business-rule ${VALUE}`];
    expect([of(row, least), of(row, most)]).toEqual([least < row.soft[0] ? unusual : ['taken'], most > row.soft[1] ? unusual : ['taken']]);
  });

  it.each(rows)('takes a $name at $soft $unit without a word', (row) => expect([of(row, row.soft[0]), of(row, row.soft[1])]).toEqual([['taken'], ['taken']]));
});

describe('body weight and body height (§5)', () => {
  const clothing = (code: string) => component('248159006', { valueCodeableConcept: coded('urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.8.1', code) });

  it.each(['UNDRESSED', 'MINIMAL', 'FULL', 'DIAPER'])('takes a weight in clothing %s', (code) => expect(told(make['body weight'](clothing(code)))).toEqual(['taken']));

  it.each([
    ['unknown clothing', clothing('COAT')],
    ['clothing in words', component('248159006', { valueCodeableConcept: { text: 'met jas' } })],
    ['clothing without a value', component('248159006', {})],
  ])('refuses a weight in %s', (_fault, changes) => expect(told(make['body weight'](changes))).toEqual(['invalid-resource', 'WEIGHT-CLOTHING code-invalid Observation.component[0].value']));

  it('refuses clothing twice', () => {
    const [one] = clothing('FULL')['component'] as object[];
    expect(told(make['body weight']({ component: [one, one] }))).toEqual(['invalid-resource', 'VS-COMPONENT structure Observation.component']);
  });

  it('takes a height lying or in a position of another list: the list is extensible', () => {
    expect(told(make['body height'](component('425260001', { valueCodeableConcept: coded(SNOMED_CT, '102538003') })))).toEqual(['taken']);
    expect(told(make['body height'](component('425260001', { valueCodeableConcept: { text: 'zittend' } })))).toEqual(['taken']);
  });

  it('refuses a position that is a bare text', () => {
    expect(told(make['body height'](component('425260001', { valueString: 'liggend' })))).toEqual(['invalid-resource', 'HEIGHT-POSITION code-invalid Observation.component[0].value']);
  });
});

describe('body temperature (§3.1, §5)', () => {
  const at = (...sites: string[]) => make['body temperature']({ code: { coding: [...coded(LOINC, '8310-5').coding, ...coded(SNOMED_CT, ...sites).coding] } });

  it.each(['307047009', '415945006', '415882003', '415929009', '415974002', '415922000', '364246006', '698832009', '276885007'])('takes one measured at %s', (site) => expect(told(at(site))).toEqual(['taken']));
  it('refuses an unknown site', () => expect(told(at('368209003'))).toEqual(['invalid-resource', 'TEMP-TYPE code-invalid Observation.code.coding']));
  it('refuses two sites', () => expect(told(at('415974002', '307047009'))).toEqual(['invalid-resource', 'TEMP-TYPE structure Observation.code.coding']));
});

describe('oxygen saturation (§3.1)', () => {
  it.each(['2708-6', '59408-5'])('refuses LOINC %s alone', (code) => {
    expect(told(make['oxygen saturation']({ code: coded(LOINC, code) }))).toEqual(['invalid-resource', 'O2-CODE code-invalid Observation.code']);
  });

  it('takes it with and without extra oxygen', () => {
    expect([true, false].map((valueBoolean) => told(make['oxygen saturation'](component('266702001', { valueBoolean }))))).toEqual([['taken'], ['taken']]);
  });

  it('refuses extra oxygen as a concept', () => {
    expect(told(make['oxygen saturation'](component('266702001', { valueCodeableConcept: { text: 'ja' } })))).toEqual(['invalid-resource', 'O2-EXTRA code-invalid Observation.component[0].value']);
  });
});

describe('heart rate (§3.1, §5)', () => {
  const interpreted = (...concepts: object[]) => told(make['heart rate']({ interpretation: concepts }));

  it.each(['48867003', '76863003', '3424008'])('takes interpretation %s', (code) => expect(interpreted(coded(SNOMED_CT, code))).toEqual(['taken']));

  it.each([
    ['an unknown interpretation', [coded(SNOMED_CT, '1')]],
    ['an interpretation of another system', [coded(LOINC, '3424008')]],
    ['an interpretation in words', [{ text: 'snel' }]],
  ])('refuses %s', (_fault, concepts) => expect(interpreted(...concepts)).toEqual(['invalid-resource', 'HR-INTERPRETATION code-invalid Observation.interpretation']));

  it('refuses two interpretations', () => {
    expect(interpreted(coded(SNOMED_CT, '48867003'), coded(SNOMED_CT, '3424008'))).toEqual(['invalid-resource', 'HR-INTERPRETATION structure Observation.interpretation']);
  });
});

describe('visual acuity (§3.1, §5)', () => {
  it.each(['7771000', '24028007', '51440002'])('takes laterality %s', (side) => expect(told(make['visual acuity']({ bodySite: eye(laterality(side)) }))).toEqual(['taken']));

  it.each([
    ['no body site', undefined],
    ['an eye without a side', eye()],
    ['a side without an eye', { coding: coded(SNOMED_CT, '117590005').coding, extension: [laterality('7771000')] }],
    ['an unknown side', eye(laterality('1'))],
    ['two sides', eye(laterality('7771000'), laterality('24028007'))],
  ])('refuses %s', (_fault, bodySite) => expect(told(make['visual acuity']({ bodySite }))).toEqual(['invalid-resource', 'VISUS-EYE required Observation.bodySite']));

  it('refuses a side in words, which the profile does not know (G7)', () => {
    const inWords = eye({ url: `${NICTIZ}/ext-AnatomicalLocation.Laterality`, valueString: 'links' });
    expect(told(make['visual acuity']({ bodySite: inWords }))).toEqual(['invalid-resource', 'G7-EXTENSION extension Observation.bodySite.extension']);
  });

  it('takes type, chart and distance', () => {
    const parts = [
      ['16830007', { valueCodeableConcept: coded(SNOMED_CT, '419775003') }],
      ['363691001', { valueCodeableConcept: coded('urn:oid:2.16.840.1.113883.2.4.3.11.60.40.4.27', '2') }],
      ['152731000146106', quantity(5, 'm')],
    ] as const;
    expect(told(make['visual acuity']({ component: parts.map(([code, value]) => ({ code: coded(SNOMED_CT, code), ...value })) }))).toEqual(['taken']);
  });

  it.each([
    ['a type in digits', '16830007', { valueInteger: 1 }, 'VISUS-TYPE'],
    ['a chart in digits', '363691001', { valueInteger: 2 }, 'VISUS-CHART'],
    ['a distance in centimetres', '152731000146106', quantity(500, 'cm'), 'VISUS-DISTANCE'],
    ['a distance of nothing', '152731000146106', quantity(0, 'm'), 'VISUS-DISTANCE'],
  ])('refuses %s', (_fault, code, value, rule) => expect(told(make['visual acuity'](component(code, value)))).toEqual(['invalid-resource', `${rule} code-invalid Observation.component[0].value`]));

  it('refuses a side on the body site of another zib', () => {
    expect(told(make['heart rate']({ bodySite: eye(laterality('7771000')) }))).toEqual(['invalid-resource', 'G7-EXTENSION extension Observation.bodySite.extension']);
  });
});

function quantityOf(resource: FhirResource): object {
  return resource['valueQuantity'] as object;
}
