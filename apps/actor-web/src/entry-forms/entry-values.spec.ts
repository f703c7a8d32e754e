import { WriteInput } from '@anw/api-contracts';
import { entryKindOf, entryKinds } from './entry-kinds.js';
import { askedFields, doubtsAbout, emptyForm, fieldFor, formOf, readEntry } from './entry-values.js';

const now = new Date('2026-01-01T21:05:00Z');
const kindOf = (kind: string) => entryKindOf(kind)!;
const filled = (kind: string, values: Record<string, string>) => ({ ...emptyForm(kindOf(kind), now), ...values });
const furosemide = { reference: 'Medication/m1', name: 'Furosemide tablet 40 mg' };

/** A form of each kind as a nurse fills it in. */
const forms: Readonly<Record<string, Record<string, string>>> = {
  'nursing-report': { text: ' Mevrouw is gevallen.\n' },
  'soap-report': { plan: 'Morgen de huisarts bellen.' },
  'blood-pressure': { systolic: '148', diastolic: '85', position: 'sitting' },
  'body-temperature': { temperature: '38,4', site: 'tympanic' },
  'pulse-rate': { rate: '88', regularity: 'irregular' },
  'oxygen-saturation': { saturation: '93', extraOxygen: 'yes' },
  respiration: { rate: '18', extraOxygen: 'no' },
  'heart-rate': { rate: '91' },
  'body-weight': { weight: '72,5' },
  'body-height': { height: '168' },
  'visual-acuity': { acuity: '0,8', eye: 'left', distance: '5' },
  'medication-administration': { product: JSON.stringify(furosemide), agreement: 'MedicationRequest/a1', given: 'yes', 'dose.amount': '1', 'dose.unit': 'stuk', route: JSON.stringify({ code: '9', name: 'oraal' }) },
  'medication-use': { product: 'other', 'product.list': 'ZI', 'product.code': '14567890', 'product.name': 'Paracetamol 500 mg', use: 'active', source: 'patient', usedFrom: '2026-01-01' },
  'text-result': { type: 'microbiology', conclusion: 'Geen groei.', status: 'final' },
};

describe('use of a product from the dossier', () => {
  it('does not say by which agreement, which only an administration does', () => {
    const form = { product: JSON.stringify(furosemide), agreement: 'MedicationRequest/a1', use: 'active', source: 'patient' };
    expect(readEntry(kindOf('medication-use'), filled('medication-use', form))).toMatchObject({ ok: true, write: { input: { product: furosemide } } });
  });
});

describe('the form of an entry', () => {
  it('is there for every kind that can be written', () => {
    expect(entryKinds.map(({ kind }) => kind).sort()).toEqual(WriteInput.options.map((option) => option.shape.kind.value).sort());
  });

  it.each(Object.keys(forms))('of %s becomes the input of a write, and comes back from it as it was', (kind) => {
    const form = filled(kind, forms[kind]!);
    const read = readEntry(kindOf(kind), form);
    if (!read.ok) throw new Error(JSON.stringify(read.faults));
    const again = readEntry(kindOf(kind), formOf(kindOf(kind), read.write.input));
    expect(again).toEqual(read);
  });

  it('keeps a text byte for byte, and reads a decimal comma', () => {
    expect(readEntry(kindOf('nursing-report'), filled('nursing-report', forms['nursing-report']!))).toMatchObject({ write: { input: { text: ' Mevrouw is gevallen.\n', writtenAt: '2026-01-01T21:05:00.000Z' } } });
    expect(readEntry(kindOf('body-temperature'), filled('body-temperature', { temperature: '38,4' }))).toMatchObject({ write: { input: { temperature: 38.4 } } });
  });

  it.each([
    ['a measurement without its number', 'blood-pressure', { systolic: '148' }, { diastolic: 'Vul in: onderdruk' }],
    ['what is no number', 'body-temperature', { temperature: 'warm' }, { temperature: 'Temperatuur is geen getal. Schrijf bijvoorbeeld 38,5.' }],
    ['a SOAP report that says nothing', 'soap-report', {}, { subjective: 'Dit klopt nog niet, of het is niet volledig.' }],
    ['an administration without its dose', 'medication-administration', { product: JSON.stringify(furosemide), given: 'yes', 'dose.unit': 'stuk', route: '{"code":"9","name":"oraal"}' }, { 'dose.amount': 'Vul in: dosis' }],
  ])('says at the field what is wrong with %s', (_, kind, values, faults) => {
    expect(readEntry(kindOf(kind), filled(kind, values))).toEqual({ ok: false, faults });
  });

  it('asks for a dose only of what was given', () => {
    const names = (given: string) => askedFields(kindOf('medication-administration'), filled('medication-administration', { given })).map(({ name }) => name);
    expect(names('yes')).toContain('dose.amount');
    expect(names('no')).not.toContain('dose.amount');
  });

  it('finds the field for what the server says of a member', () => {
    const asked = kindOf('medication-administration').fields;
    expect([fieldFor(asked, 'dose'), fieldFor(asked, 'route'), fieldFor(asked, 'product.code'), fieldFor(asked, 'nonsense')]).toEqual(['dose.amount', 'route', 'product.code', 'product']);
  });
});

describe('doubts about a number', () => {
  it.each([
    ['a slipped decimal point', 'body-temperature', { temperature: '384' }, ['impossible']],
    ['a high upper pressure', 'blood-pressure', { systolic: '240', diastolic: '85' }, ['unusual']],
    ['ordinary numbers', 'blood-pressure', { systolic: '148', diastolic: '85' }, []],
    ['a report', 'nursing-report', { text: '384' }, []],
  ])('are told of %s', (_, kind, values, severities) => {
    expect(doubtsAbout(kindOf(kind), filled(kind, values)).map(({ severity }) => severity)).toEqual(severities);
  });
});
