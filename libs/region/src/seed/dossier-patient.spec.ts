import { createDossier } from '../synthetic/create-dossier.js';
import { syntheticClients } from '../synthetic/synthetic-client.js';
import { patientsOf } from './dossier-patient.js';
import { collectionOf } from './load-resources.js';

const patient = { resourceType: 'Patient', id: 'p-1', birthDate: '1940-02-01', name: [{ use: 'usual', given: ['Jo'] }, { use: 'official', family: 'de Boer', given: ['J.'] }] };

describe('patients of a dossier from a file (--dossier)', () => {
  it('are found in a bundle', () => {
    expect(patientsOf({ resourceType: 'Bundle', type: 'searchset', entry: [{ resource: { resourceType: 'Observation' } }, { resource: patient }] }, 'de-linde')).toEqual([
      { custodian: 'de-linde', id: 'p-1', familyName: 'de Boer', name: 'J. de Boer', birthDate: '1940-02-01' },
    ]);
  });

  it('are found in a list of resources', () => {
    expect(patientsOf([patient], 'de-linde')).toHaveLength(1);
  });

  it('are found in what the region makes itself', () => {
    const [client] = syntheticClients;
    if (client === undefined) throw new Error('no clients');
    expect(patientsOf(collectionOf(createDossier(client, new Date())), 'de-linde')).toEqual([
      { custodian: 'de-linde', id: 'linde-1001', familyName: 'van den Heuvel', name: 'Johanna van den Heuvel', birthDate: '1938-04-12' },
    ]);
  });

  it.each([
    ['without a patient', { resourceType: 'Bundle', entry: [] }, /holds no Patient/],
    ['whose patient has no birth date', [{ ...patient, birthDate: undefined }], /cannot be found by name and birth date/],
    ['whose patient has no family name', [{ ...patient, name: [{ text: 'Jo' }] }], /has no family name/],
  ])('are refused in a dossier %s', (_what, dossier, message) => {
    expect(() => patientsOf(dossier, 'de-linde')).toThrow(message);
  });
});
