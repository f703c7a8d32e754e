import { AuthorizationInput } from './authorization.js';

const valid = {
  requestId: '5e1b7f0c-6d1f-4d0a-9f4e-0b2f5a6c7d80',
  careRequest: '0d3f6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69',
  custodian: 'did:web:custodian.localhost%3A4120:iam:77aa2f0e-98f1-4d5f-8a4e-6f2f5a1f3b21',
  handle: 'urn:uuid:0e5d6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69',
  patient: { name: 'A. de Vries', birthDate: '1941-03-02', address: 'Dorpsstraat 1, Oost' },
  shift: '1c3f6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69',
  visitWindow: { from: '2026-01-01T22:00:00Z', until: '2026-01-02T00:30:00+01:00' },
};

describe('order of the desk to issue an authorization', () => {
  it('names shift, patient, custodian and visit window, and hands no home access along unless it says so', () =>
    expect(AuthorizationInput.parse(valid)).toEqual({ ...valid, homeAccess: false }));

  it.each([
    ['an unknown member', { ...valid, bsn: '999990019' }],
    ['a BSN as handle', { ...valid, handle: '999990019' }],
    ['a BSN on the patient card', { ...valid, patient: { ...valid.patient, bsn: '999990019' } }],
    ['a visit window that ends before it begins', { ...valid, visitWindow: { from: valid.visitWindow.until, until: valid.visitWindow.from } }],
    ['a time without a zone', { ...valid, visitWindow: { from: '2026-01-01T22:00:00', until: '2026-01-02T22:00:00Z' } }],
    ['no request id', { ...valid, requestId: undefined }],
  ])('is refused with %s', (_fault, input) => expect(AuthorizationInput.safeParse(input).success).toBe(false));
});
