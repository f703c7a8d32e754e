import { BundleError, splitBundle } from './split-bundle.js';

const patient = { resourceType: 'Patient', id: 'p1' };
const observation = { resourceType: 'Observation', id: 'o1', subject: { reference: 'Patient/p1' } };

function bundle(type: string, entry: unknown): unknown {
  return { resourceType: 'Bundle', type, entry };
}

function faultOf(input: unknown): string {
  try {
    splitBundle(input);
  } catch (error) {
    if (error instanceof BundleError) return error.code;
    throw error;
  }
  return 'none';
}

describe('a dossier in a file', () => {
  it.each(['collection', 'transaction', 'batch', 'searchset', 'document'])('comes as a %s Bundle', (type) => {
    expect(splitBundle(bundle(type, [{ resource: patient }, { resource: observation }]))).toEqual({ patient, resources: [patient, observation] });
  });

  it('comes as an array of resources', () => expect(splitBundle([patient, observation])).toEqual({ patient, resources: [patient, observation] }));

  it('comes as a patient alone', () => expect(splitBundle(patient)).toEqual({ patient, resources: [patient] }));

  it('has references by urn:uuid made relative', () => {
    const uuid = 'urn:uuid:0e5d3c9e-7f63-4c1c-9a55-0d6a1b1c2d3e';
    const { patient: found, resources } = splitBundle(
      bundle('transaction', [{ fullUrl: uuid, resource: { resourceType: 'Patient' } }, { resource: { ...observation, subject: { reference: uuid }, performer: [{ reference: uuid }] } }]),
    );
    expect(found.id).toBe('0e5d3c9e-7f63-4c1c-9a55-0d6a1b1c2d3e');
    expect(resources[1]).toMatchObject({ subject: { reference: `Patient/${found.id}` }, performer: [{ reference: `Patient/${found.id}` }] });
  });

  it('has references by the URL of the server it came from made relative', () => {
    const url = 'https://ehr.example/fhir/Patient/p1';
    const { resources } = splitBundle(bundle('searchset', [{ fullUrl: url, resource: patient }, { resource: { ...observation, subject: { reference: url } } }]));
    expect(resources[1]).toEqual(observation);
  });

  it('leaves a text that happens to be a reference', () => {
    const { resources } = splitBundle([patient, { ...observation, valueString: 'Patient/p1' }]);
    expect(resources[1]?.['valueString']).toBe('Patient/p1');
  });

  it('gives a resource without a name the same id every time', () => {
    const nameless = { resourceType: 'Observation', status: 'final' };
    const [one, again] = [splitBundle([patient, nameless]), splitBundle([patient, nameless])];
    expect(one.resources[1]?.id).toMatch(/^[0-9a-f]{32}$/);
    expect(again).toEqual(one);
  });

  it.each([
    ['nothing', undefined, 'not-fhir'],
    ['text', 'hello', 'not-fhir'],
    ['an object of another kind', { a: 1 }, 'not-fhir'],
    ['an entry of another kind', bundle('collection', [{ resource: { a: 1 } }]), 'not-fhir'],
    ['an id that is no FHIR id', [{ ...patient, id: 'a/b' }], 'not-fhir'],
    ['a Bundle of an unknown type', bundle('parcel', []), 'not-a-bundle-of-resources'],
    ['a Bundle whose entry is no list', bundle('collection', {}), 'not-a-bundle-of-resources'],
    ['an entry without a resource', bundle('transaction', [{ request: { method: 'DELETE' } }]), 'entry-without-resource'],
    ['an empty Bundle', bundle('collection', []), 'no-patient'],
    ['no patient', [observation], 'no-patient'],
    ['two patients', [patient, { ...patient, id: 'p2' }], 'more-than-one-patient'],
    ['the same id twice', [patient, observation, observation], 'twice-the-same-id'],
  ])('is refused with %s', (_fault, input, code) => expect(faultOf(input)).toBe(code));
});
