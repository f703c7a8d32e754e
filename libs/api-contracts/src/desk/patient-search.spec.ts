import { PatientSearchInput } from './patient-search.js';

describe('search for a patient (design D7: narrow, in a body)', () => {
  it.each([
    ['family name with birth date', { familyName: 'Jansen', birthDate: '1941-03-02' }],
    ['BSN', { bsn: '999990019' }],
    ['BSN at one custodian', { bsn: '999990019', custodian: 'did:web:custodian.example:iam:77aa' }],
  ])('goes by %s', (_by, terms) => expect(PatientSearchInput.parse(terms)).toEqual(terms));

  it.each([
    ['family name alone', { familyName: 'Jansen' }],
    ['birth date alone', { birthDate: '1941-03-02' }],
    ['a single letter', { familyName: 'J', birthDate: '1941-03-02' }],
    ['a number that fails the 11-proef', { bsn: '999990018' }],
    ['BSN and name at once', { bsn: '999990019', familyName: 'Jansen', birthDate: '1941-03-02' }],
  ])('does not go by %s', (_by, terms) => expect(PatientSearchInput.safeParse(terms).success).toBe(false));
});
