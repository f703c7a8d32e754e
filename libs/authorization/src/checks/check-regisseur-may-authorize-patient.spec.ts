import { createTestCustodian, createTestParties } from '@anw/testing/parties';
import { PatientHandle } from '@anw/values';
import { checkRegisseurMayAuthorizePatient, type RegisseurMayAuthorizePatientInput } from './check-regisseur-may-authorize-patient.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

async function check(change: Partial<RegisseurMayAuthorizePatientInput> = {}, prepare?: (held: Awaited<ReturnType<typeof createTestCustodian>>) => Promise<unknown>) {
  const held = await createTestCustodian(parties, now);
  await prepare?.(held);
  return checkRegisseurMayAuthorizePatient(
    { regisseur: parties.regisseur.did, handle: held.handle, now, ...change },
    { findByHandle: held.records.enrolments.findByHandle, isInCare: held.records.isInCare },
  );
}

describe('check 8: the regisseur may authorize for this patient', () => {
  it('grants a patient in care, enrolled through this regisseur, and says who it is', async () => {
    expect(await check()).toMatchObject({ check: 8, granted: true, patient: 'patient-1' });
  });

  it('denies a handle that this custodian never minted', async () => {
    const handle = PatientHandle.parse('urn:uuid:00000000-0000-4000-8000-000000000000');
    expect(await check({ handle })).toMatchObject({ granted: false, reason: 'patient-handle-unknown' });
  });

  it('denies a handle that was minted for another regisseur', async () => {
    expect(await check({ regisseur: parties.stranger.did })).toMatchObject({ granted: false, reason: 'patient-handle-of-another-regisseur' });
  });

  it.each([
    ['is over', later(31 * 24)],
    ['has not started', later(-31 * 24)],
  ])('denies when the enrolment %s', async (_, at) => expect(await check({ now: at })).toMatchObject({ granted: false, reason: 'patient-not-enrolled' }));

  it('denies from the moment the enrolment is ended', async () => {
    expect(await check({}, ({ records, enrolment }) => records.enrolments.endEnrolment(enrolment, now))).toMatchObject({ reason: 'patient-not-enrolled' });
  });

  it('denies a patient who is no longer in care', async () => {
    expect(await check({}, async ({ records, patient }) => records.inCare.delete(patient))).toMatchObject({ granted: false, reason: 'patient-not-in-care' });
  });

  it.each([{ regisseur: undefined }, { handle: undefined }])('has nothing to evaluate without an authorization (%j)', async (change) => {
    expect(await check(change)).toMatchObject({ granted: false, reason: 'not-evaluated' });
  });
});
