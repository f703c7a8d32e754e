import { PatientId } from '@anw/values';
import { parseFhirRequest } from '../r4/parse-fhir-request.js';
import { resourceOf } from '../write-back/write-kinds.js';
import type { FhirResource } from '../fhir-resource.js';
import type { DossierPart } from './dossier-part.js';
import { dossierQueries, type DossierPartName } from './dossier-queries.js';
import { dossierView as viewOf } from './dossier-view.js';
import { printDutchTime } from './elements/print-time.js';

const patient = PatientId.parse('p1');
const at = new Date('2026-06-13T21:05:00Z');
const id = '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11';

const bloodPressure: FhirResource = {
  ...resourceOf({ kind: 'blood-pressure', input: { systolic: 125, diastolic: 75.5, measuredAt: at.toISOString(), note: 'zittend' } }, { id, patient }),
  id: 'o1',
  performer: [{ display: 'M. Okafor' }],
};
const report: FhirResource = { ...resourceOf({ kind: 'nursing-report', input: { text: 'Avondzorg\ngeleverd. <b>', writtenAt: at.toISOString() } }, { id, patient }), id: 'o2', performer: [{ display: 'M. Okafor' }] };
const person: FhirResource = {
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'http://fhir.nl/fhir/NamingSystem/bsn', value: '999990019' }],
  name: [{ use: 'official', text: 'Johanna van Putten' }, { use: 'usual', given: ['Jo'] }],
  gender: 'female',
  birthDate: '1934-04-28',
  address: [{ line: ['Dorpsstraat 15'], postalCode: '1012 NX', city: 'Hoogmade' }],
  telecom: [{ system: 'phone', value: '+31611234567' }, { system: 'email', value: 'jo@example.org' }],
};

function fetched(name: DossierPartName, ...resources: FhirResource[]): DossierPart {
  return { name, state: 'fetched', resources, included: [], total: resources.length, fetchedAt: at };
}

function dossierView(parts: readonly DossierPart[], source: string) {
  return viewOf(parts, { source, now: at });
}

function lineOf(resource: FhirResource, name: DossierPartName = 'blood-pressure') {
  return dossierView([fetched(name, resource)], 'Thuiszorg De Linde').groups[0]?.entries[0];
}

describe('searches that make up a dossier', () => {
  it.each(dossierQueries(patient).map((query) => [query.name, query] as const))('asks for %s exactly as the policy lists it', (name, query) => {
    const printed = query.parameters.map(([parameter, value]) => `${parameter}=${encodeURIComponent(value)}`).join('&');
    const parsed = parseFhirRequest({ method: 'GET', path: `/${query.type}`, query: printed, headers: {} });
    expect(parsed).toMatchObject({ ok: true, value: { patient: 'p1', search: { name } } });
  });
});

describe('dossier as the nurse reads it', () => {
  it('shows who is at the door: name, birth date and address together', () => {
    expect(dossierView([fetched('patient', person)], 'De Linde').patient).toEqual({
      name: 'Johanna van Putten (Jo)',
      birthDate: '1934-04-28',
      gender: 'vrouw',
      deceased: false,
      warnings: [],
      bsn: '999990019',
      addresses: ['Dorpsstraat 15, 1012 NX Hoogmade'],
      telephones: ['+31611234567'],
    });
  });

  it('shows a blood pressure with its values, units, time, author and source', () => {
    expect(lineOf(bloodPressure)).toEqual({
      reference: 'Observation/o1',
      label: 'Bloeddruk',
      values: [
        { label: 'Bovendruk', value: '125', unit: 'mmHg' },
        { label: 'Onderdruk', value: '75,5', unit: 'mmHg' },
      ],
      note: 'zittend',
      at: '2026-06-13T21:05:00.000Z',
      when: 'za 13 juni 2026, 23:05',
      author: 'M. Okafor',
      source: 'Thuiszorg De Linde',
      status: 'definitief',
      warnings: [],
    });
  });

  it('shows a report as it was written', () => {
    expect(lineOf(report, 'nursing-report')).toMatchObject({ label: 'Rapportage', text: 'Avondzorg\ngeleverd. <b>', author: 'M. Okafor', warnings: [] });
  });

  it.each([
    ['entered in error', { status: 'entered-in-error' }, 'Foutief ingevoerd; niet gebruiken.'],
    ['preliminary', { status: 'preliminary' }, 'Voorlopig, nog niet bevestigd.'],
    ['of an unknown status', { status: 'zzz' }, 'Onbekende status: zzz.'],
    ['without a status', { status: undefined }, 'Onbekende status: ontbreekt.'],
    ['with a modifier extension', { modifierExtension: [{ url: 'http://example.org' }] }, 'Deze regel heeft een aanvulling die de betekenis kan veranderen. Raadpleeg de bron.'],
    [
      'with a modifier extension deeper down',
      { component: (bloodPressure['component'] as object[]).map((each) => ({ ...each, modifierExtension: [] })) },
      'Deze regel heeft een aanvulling die de betekenis kan veranderen. Raadpleeg de bron.',
    ],
    ['without its values', { component: undefined }, 'Een waarde ontbreekt.'],
  ])('warns on a line %s, never leaves it out (§10.3)', (_what, changes, warning) => expect(lineOf({ ...bloodPressure, ...changes })?.warnings).toEqual([warning]));

  it('shows an unknown unit as it is, with a warning', () => {
    const [systolic, diastolic] = bloodPressure['component'] as [{ valueQuantity: object }, object];
    const line = lineOf({ ...bloodPressure, component: [{ ...systolic, valueQuantity: { value: 16.6, unit: 'kPa', code: 'kPa' } }, diastolic] });
    expect(line?.values[0]).toEqual({ label: 'Bovendruk', value: '16,6', unit: 'kPa' });
    expect(line?.warnings).toEqual(['Onverwachte eenheid: kPa.']);
  });

  it('shows what is of another shape than it knows', () => {
    expect(lineOf({ resourceType: 'Observation', id: 'o9', status: 7, effectiveDateTime: {}, performer: 'x', component: 'y' })).toMatchObject({
      reference: 'Observation/o9',
      when: 'tijdstip onbekend',
      author: 'auteur onbekend',
      warnings: ['Onbekende status: ontbreekt.', 'Een waarde ontbreekt.'],
    });
  });

  it('says that a part could not be fetched and shows the others', () => {
    expect(dossierView([{ name: 'alert', state: 'failed', reason: 'no-access' }], 'De Linde').groups).toMatchObject([{ name: 'alert', state: 'refused', message: 'U heeft geen toegang tot dit onderdeel.' }]);
    const view = dossierView([fetched('patient', person), { name: 'blood-pressure', state: 'failed', reason: 'unavailable' }, fetched('nursing-report', report)], 'De Linde');
    expect(view.complete).toBe(false);
    expect(view.groups).toMatchObject([
      { name: 'nursing-report', chapter: 'Rapportages', state: 'fetched', total: 1, source: 'De Linde', fetchedAt: at },
      { name: 'blood-pressure', chapter: 'Metingen', state: 'failed', entries: [], message: 'Dit onderdeel kan nu niet worden opgehaald.' },
    ]);
  });

  it('says that there is nothing', () => {
    expect(dossierView([fetched('blood-pressure')], 'De Linde')).toMatchObject({ complete: true, groups: [{ title: 'Bloeddruk', state: 'empty', message: 'Niets vastgelegd bij De Linde.' }] });
  });

  it.each([
    ['2026-01-13T23:30:00Z', 'wo 14 januari 2026, 00:30'],
    ['2026-06-13', 'za 13 juni 2026'],
    ['2026-06', '2026-06'],
    ['gisteren', 'gisteren'],
  ])('prints %s as %s', (moment, printed) => expect(printDutchTime(moment)).toBe(printed));
});
