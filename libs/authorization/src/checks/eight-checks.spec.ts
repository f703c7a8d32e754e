import {
  certificateOf,
  checkPortsOf,
  createTestCustodian,
  createTestParties,
  exampleRequestFacts,
  heldAuthorization,
  newCredentialId,
  presentedEmployee,
  type TestCustodian,
} from '@anw/testing/parties';
import type { AuthorizationCredential, StatusVerdict } from '@anw/credentials';
import { EmployeeIdentifier, PatientHandle } from '@anw/values';
import { type CheckNumber, type DenialReason, denialReasons } from '../verdict.js';
import { decide, type RequestFacts } from './eight-checks.js';

const now = new Date('2026-01-01T22:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;

interface Situation {
  readonly held: TestCustodian;
  facts: RequestFacts;
  list: StatusVerdict;
}

async function exampleSituation(): Promise<Situation> {
  const held = await createTestCustodian(parties, now);
  return { held, facts: exampleRequestFacts(parties, held, now), list: { status: 'valid', checkedAt: now } };
}

function decideOn({ held, facts, list }: Situation) {
  return decide(facts, checkPortsOf(held, parties, { statusOf: async () => list }));
}

const ask = (situation: Situation, change: Partial<RequestFacts>) => void (situation.facts = { ...situation.facts, ...change });
const authorize = (situation: Situation, change: Partial<AuthorizationCredential>) => ask(situation, { authorization: heldAuthorization(parties, situation.held, now, change) });

/** One fact changed for every reason there is, and the check that then denies first. A new reason does not compile until it has its place here. */
const refusals: Record<DenialReason, readonly [CheckNumber, (situation: Situation) => unknown]> = {
  'no-client-certificate': [1, (s) => ask(s, { certificate: undefined })],
  'certificate-not-trusted': [1, (s) => ask(s, { certificate: certificateOf(actor, { trusted: false }) })],
  'certificate-outside-validity': [1, (s) => ask(s, { certificate: certificateOf(actor, { trusted: false, flaw: 'outside-validity' }) })],
  'certificate-revoked': [1, (s) => ask(s, { certificate: certificateOf(actor, { trusted: false, flaw: 'revoked' }) })],
  'certificate-status-unknown': [1, (s) => ask(s, { certificate: certificateOf(actor, { trusted: false, flaw: 'revocation-unknown' }) })],
  'system-not-processor-of-actor': [2, (s) => ask(s, { certificate: certificateOf(stranger) })],
  'employee-missing': [3, (s) => ask(s, { employee: undefined })],
  'employee-incomplete': [3, (s) => ask(s, { employee: { ...presentedEmployee(actor, now), said: 'incomplete' } })],
  'employee-stale': [3, (s) => ask(s, { employee: presentedEmployee(actor, now, { authenticatedAt: later(-13) }) })],
  'assurance-too-low': [3, (s) => ask(s, { minimumAssuranceLevel: 'high' })],
  'employee-of-another-organisation': [4, (s) => ask(s, { employee: { ...presentedEmployee(actor, now), issuer: stranger.did } })],
  'presentation-not-signed-by-actor': [4, (s) => ask(s, { signedWith: stranger.signer.kid })],
  'authorization-missing': [5, (s) => ask(s, { authorization: undefined })],
  'authorization-malformed': [5, (s) => ask(s, { authorization: 'malformed' })],
  'authorization-for-another-actor': [5, (s) => authorize(s, { actor: stranger.did })],
  'authorization-for-another-custodian': [5, (s) => authorize(s, { custodian: stranger.did })],
  'authorization-for-another-purpose': [5, (s) => authorize(s, { purposeOfUse: 'zorginzage' })],
  'authorization-for-another-practitioner': [5, (s) => authorize(s, { practitioner: EmployeeIdentifier.parse('e-2') })],
  'authorization-not-yet-valid': [6, (s) => authorize(s, { period: { from: later(1), until: later(2) } })],
  'authorization-expired': [6, (s) => authorize(s, { period: { from: later(-2), until: now } })],
  'authorization-too-long': [6, (s) => authorize(s, { period: { from: now, until: later(25) } })],
  'authorization-revoked': [6, (s) => (s.list = { status: 'revoked' })],
  'authorization-status-unknown': [6, (s) => (s.list = { status: 'unknown', detail: 'unreachable' })],
  'regisseur-not-on-allowlist': [7, ({ held }) => held.records.allowlist.endRow(held.row, now)],
  'delegation-unknown': [7, (s) => authorize(s, { delegation: newCredentialId(custodian) })],
  'delegation-of-another-regisseur': [7, (s) => delegateTo(s, newCredentialId(custodian))],
  'delegation-not-valid': [7, ({ held }) => held.records.allowlist.revokeDelegations(regisseur.did, now)],
  'patient-handle-unknown': [8, (s) => authorize(s, { handle: PatientHandle.parse('urn:uuid:00000000-0000-4000-8000-000000000000') })],
  'patient-handle-of-another-regisseur': [8, (s) => enrolThroughStranger(s, PatientHandle.parse('urn:uuid:00000000-0000-4000-8000-000000000001'))],
  'patient-not-enrolled': [8, ({ held }) => held.records.enrolments.endEnrolment(held.enrolment, now)],
  'patient-not-in-care': [8, ({ held }) => held.records.inCare.delete(held.patient)],
  'not-evaluated': [3, (s) => ask(s, { employee: undefined })],
};

async function delegateTo(situation: Situation, delegation: AuthorizationCredential['delegation']): Promise<void> {
  const { records } = situation.held;
  await records.allowlist.addDelegation({ ...records.state.delegations[0]!, id: delegation, regisseur: stranger.did });
  authorize(situation, { delegation });
}

async function enrolThroughStranger(situation: Situation, handle: PatientHandle): Promise<void> {
  const { records } = situation.held;
  await records.enrolments.addEnrolment({ ...records.state.enrolments[0]!, id: 'other', regisseur: stranger.did, handle });
  authorize(situation, { handle });
}

describe('the eight checks together (design §5)', () => {
  it('grant a request in which everything holds, and say what they established', async () => {
    const situation = await exampleSituation();
    const { decision, access } = await decideOn(situation);
    expect(decision.verdicts.map(({ check, granted }) => [check, granted])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((check) => [check, true]));
    expect(decision).toMatchObject({ granted: true });
    expect(access).toMatchObject({
      kind: 'patient-access',
      actor: actor.did,
      regisseur: regisseur.did,
      practitioner: { identifier: 'e-10442', assuranceLevel: 'substantial' },
      patient: situation.held.patient,
      authorization: { delegation: situation.held.delegation, handle: situation.held.handle },
    });
  });

  it.each(denialReasons)('deny for %s, and at its own check first', async (reason) => {
    const situation = await exampleSituation();
    const [check, change] = refusals[reason];
    await change(situation);
    const { decision, access } = await decideOn(situation);
    expect(access).toBeUndefined();
    expect(decision).toMatchObject({ granted: false, firstDenial: { check } });
    expect(decision.verdicts.filter((verdict) => !verdict.granted).map((verdict) => verdict.reason)).toContain(reason);
  });

  it.each(denialReasons)('record all eight in the specification\'s order when one denies for %s', async (reason) => {
    const situation = await exampleSituation();
    await refusals[reason][1](situation);
    expect((await decideOn(situation)).decision.verdicts.map(({ check }) => check)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('still evaluate what does not hang on the check that failed', async () => {
    const situation = await exampleSituation();
    ask(situation, { certificate: undefined, employee: undefined });
    const { decision } = await decideOn(situation);
    expect(decision.firstDenial).toEqual({ check: 1, reason: 'no-client-certificate' });
    expect(decision.verdicts.filter(({ granted }) => granted).map(({ check }) => check)).toEqual([2, 6, 7, 8]);
  });

  it('record the checks as not evaluated whose input never came', async () => {
    const situation = await exampleSituation();
    ask(situation, { authorization: undefined });
    const { decision } = await decideOn(situation);
    expect(decision.firstDenial).toEqual({ check: 5, reason: 'authorization-missing' });
    expect(decision.verdicts.slice(5)).toEqual([6, 7, 8].map((check) => expect.objectContaining({ check, granted: false, reason: 'not-evaluated' })));
  });

  it('keep names and the patient out of the verdicts', async () => {
    const situation = await exampleSituation();
    const { decision } = await decideOn(situation);
    expect(JSON.stringify(decision)).not.toMatch(/Visser|patient-1/);
  });

  it('know whom the request was about when another check denied', async () => {
    const situation = await exampleSituation();
    ask(situation, { certificate: undefined });
    expect(await decideOn(situation)).toMatchObject({ patient: situation.held.patient });
  });
});
