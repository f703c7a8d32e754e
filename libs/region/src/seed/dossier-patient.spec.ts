import { createDossier } from '../synthetic/create-dossier.js';
import { syntheticClients } from '../synthetic/synthetic-client.js';
import { patientOf } from './dossier-patient.js';
import { collectionOf } from './load-resources.js';

const patient = { resourceType: 'Patient', id: 'p-1', birthDate: '1940-02-01', name: [{ use: 'usual', given: ['Jo'] }, { use: 'official', family: 'de Boer', given: ['J.'] }] };

describe('patient of a dossier from a file (--dossier)', () => {
  it('is found in a bundle', () => {
    expect(patientOf({ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType: 'Observation' } }, { resource: patient }] }, 'de-linde')).toEqual({
      custodian: 'de-linde',
      id: 'p-1',
      familyName: 'de Boer',
      name: 'J. de Boer',
      birthDate: '1940-02-01',
    });
  });

  it('is found in a list of resources', () => {
    expect(patientOf([patient], 'de-linde').id).toBe('p-1');
  });

  it('is found in what the region makes itself', () => {
    const [client] = syntheticClients;
    if (client === undefined) throw new Error('no clients');
    expect(patientOf(collectionOf(createDossier(client, new Date())), 'de-linde')).toEqual({
      custodian: 'de-linde',
      id: 'linde-1001',
      familyName: 'van den Heuvel',
      name: 'Johanna van den Heuvel',
      birthDate: '1938-04-12',
    });
  });

  it.each([
    ['of two patients', [patient, { ...patient, id: 'p-2' }], /holds 2 patients/],
    ['without a patient', { resourceType: 'Bundle', entry: [] }, /holds no Patient/],
    ['whose patient has no birth date', [{ ...patient, birthDate: undefined }], /cannot be found by name and birth date/],
    ['whose patient has no family name', [{ ...patient, name: [{ text: 'Jo' }] }], /has no family name/],
  ])('is refused in a dossier %s', (_what, dossier, message) => {
    expect(() => patientOf(dossier, 'de-linde')).toThrow(message);
  });
});
