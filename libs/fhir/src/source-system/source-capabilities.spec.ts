import { readSourceCapabilities } from './source-capabilities.js';

const resource = (type: string, more: object = {}) => ({ type, interaction: [{ code: 'read' }, { code: 'search-type' }, { code: 'create' }, { code: 'update' }], ...more });
const statement = {
  resourceType: 'CapabilityStatement',
  fhirVersion: '4.0.1',
  format: ['application/fhir+xml', 'application/fhir+json'],
  software: { name: 'Eigen ECD', version: '7.1' },
  rest: [{ mode: 'server', resource: [resource('Patient'), resource('Observation', { updateCreate: true }), resource('Composition'), resource('Encounter', { updateCreate: true })] }],
};
const read = (change: object = {}) => readSourceCapabilities({ ...statement, ...change }, ['Observation', 'Composition', 'DiagnosticReport']);

describe('what a server says of itself before it becomes a source', () => {
  it('tells for each type that may be written how it gets in exactly once', () => {
    expect(read()).toEqual({ suitable: true, software: 'Eigen ECD 7.1', create: { Observation: 'update-as-create', Composition: 'conditional-create' } });
  });

  it('may be that it takes nothing: it can be read all the same', () => {
    expect(read({ rest: [{ mode: 'server', resource: [{ type: 'Patient', interaction: [{ code: 'read' }] }, { type: 'Observation', interaction: [{ code: 'search-type' }] }] }] })).toMatchObject({ suitable: true, create: {} });
  });

  it.each<[string, unknown, string]>([
    ['another kind of resource', { resourceType: 'Patient', id: 'jo' }, 'no-capability-statement'],
    ['no JSON object', 'CapabilityStatement', 'no-capability-statement'],
    ['STU3', { ...statement, fhirVersion: '3.0.2' }, 'not-r4'],
    ['R5', { ...statement, fhirVersion: '5.0.0' }, 'not-r4'],
    ['XML only', { ...statement, format: ['application/fhir+xml'] }, 'no-json'],
    ['a client', { ...statement, rest: [{ mode: 'client' }] }, 'no-server-rest'],
    ['a server without patients', { ...statement, rest: [{ mode: 'server', resource: [resource('Observation')] }] }, 'type-not-searchable'],
  ])('of %s makes it unfit', (_, metadata, fault) => {
    expect(readSourceCapabilities(metadata, ['Observation'])).toMatchObject({ suitable: false, fault });
  });

  it('is not repeated to the operator as it stands', () => {
    expect(JSON.stringify(read({ fhirVersion: '<script>' }))).not.toContain('script');
  });
});
