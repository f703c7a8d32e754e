import { publishedInstances } from '@anw/testing/parties';
import type { IdentifiedResource } from '../fhir-resource.js';
import { splitBundle } from '../bundle/split-bundle.js';
import { patientCard } from '../dossier/at-the-door/patient-card.js';
import { dossierView } from '../dossier/dossier-view.js';
import { familyNamesOf } from '../patient-directory.js';
import { dateOf, needsPatient, patientOf, searchTokensOf, zibOf } from './resource-facts.js';

const observation = {
  resourceType: 'Observation',
  id: 'o1',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }, { system: 'http://loinc.org', code: '85354-9' }, { code: 'no-system' }] },
  category: [{ coding: [{ system: 'http://x', code: 'a' }] }, { coding: [{ system: 'http://x', code: 'b' }] }],
  subject: { reference: 'Patient/p1' },
  effectiveDateTime: '2026-06-13T23:05:00+02:00',
};

describe('facts of a resource', () => {
  it('says whose it is by the type’s own element', () => {
    expect(patientOf(observation)).toBe('p1');
    expect(patientOf({ resourceType: 'AllergyIntolerance', id: 'a1', patient: { reference: 'Patient/p1' } })).toBe('p1');
    expect(patientOf({ resourceType: 'Patient', id: 'p1' })).toBe('p1');
  });

  it.each(['https://elsewhere.example/Patient/p1', 'Patient/p1/_history/1', '#p1', 'Group/p1', 'Patient/', 'patient/p1'])('says that a resource whose subject is %s belongs to nobody', (reference) => {
    expect(patientOf({ ...observation, subject: { reference } })).toBeUndefined();
  });

  it('knows which types must belong to a patient', () => {
    expect(['Observation', 'Flag', 'Patient', 'Organization', 'Device', 'Location'].map(needsPatient)).toEqual([true, true, false, false, false, false]);
  });

  it('dates it by what happened, and not by nonsense', () => {
    expect(dateOf(observation)).toEqual(new Date('2026-06-13T21:05:00Z'));
    expect(dateOf({ ...observation, effectiveDateTime: undefined, effectivePeriod: { start: '2026-06-13T20:00:00Z' } })).toEqual(new Date('2026-06-13T20:00:00Z'));
    expect(dateOf({ ...observation, effectiveDateTime: 'gisteren' })).toBeUndefined();
  });

  it('is found by each of its codes once, and by none without a system', () => {
    expect(searchTokensOf(observation)).toEqual([
      { parameter: 'code', token: 'http://loinc.org|85354-9' },
      { parameter: 'category', token: 'http://x|a' },
      { parameter: 'category', token: 'http://x|b' },
    ]);
  });

  it('is a zib by its code, whatever meta.profile says', () => expect(zibOf({ ...observation, meta: { profile: ['http://example.org'] } })?.name).toBe('blood-pressure'));
});

/** Instances of the published profiles, where they lie beside the project; what they must show is shown above as well. */
const instances = new Map([['Observation-own.json', observation as IdentifiedResource], ...publishedInstances()]);

describe('instances of the published profiles', () => {
  it.each([...instances])('%s has facts that do not depend on its shape', (_file, resource) => {
    expect(searchTokensOf(resource).every(({ token }) => token.length > 0)).toBe(true);
    const owner = patientOf(resource);
    expect(owner === undefined || /^[A-Za-z0-9.-]+$/.test(owner)).toBe(true);
  });

  it.each([...instances].filter(([, resource]) => zibOf(resource)?.name === 'blood-pressure'))('%s is shown as a blood pressure', (_file, resource) => {
    expect(dossierView([{ name: 'blood-pressure', state: 'fetched', resources: [resource], included: [], total: 1, fetchedAt: new Date(0) }], { source: 'bron', now: new Date(0) }).groups[0]?.entries).toHaveLength(1);
  });

  it('make one dossier for each patient among them', () => {
    for (const resource of [{ resourceType: 'Patient', id: 'own', name: [{ family: 'Jansen' }] }, ...instances.values()].filter(({ resourceType }) => resourceType === 'Patient')) {
      expect(splitBundle([resource]).patient).toEqual(resource);
      expect(familyNamesOf(resource)).not.toEqual([]);
      expect(patientCard(resource).name).not.toBe('Naam onbekend');
    }
  });
});
