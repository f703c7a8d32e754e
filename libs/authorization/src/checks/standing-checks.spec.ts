import { checkPortsOf, createTestCustodian, createTestParties, exampleRequestFacts, type TestCustodian } from '@anw/testing/parties';
import type { CredentialStatuses } from '@anw/credentials';
import type { AccessFacts } from '../access-token.js';
import { authorizationOf } from '../access-token.js';
import { standingPorts, standingQuestionOf } from '../standing.js';
import { decide } from './eight-checks.js';
import { decideAgain } from './standing-checks.js';

const now = new Date('2026-01-01T22:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const parties = createTestParties();
const valid: CredentialStatuses = { statusOf: async () => ({ status: 'valid', checkedAt: now }) };

async function grantedAccess(): Promise<{ held: TestCustodian; access: AccessFacts }> {
  const held = await createTestCustodian(parties, now);
  const { access } = await decide(exampleRequestFacts(parties, held, now), checkPortsOf(held, parties));
  if (access === undefined) throw new Error('the example must be granted');
  return { held, access };
}

async function again({ held, access }: { held: TestCustodian; access: AccessFacts }, { at = now, lists = valid, custodian = parties.custodian.did, maxAuthorizationSeconds = 86_400 } = {}) {
  const standing = await held.records.standingOf(standingQuestionOf(authorizationOf(access), at));
  return decideAgain({ custodian, access, maxAuthorizationSeconds, now: at }, standingPorts(standing, lists, held.records.isInCare));
}

describe('checks 5 to 8 at every request (design D9)', () => {
  it('grant while everything still stands', async () => {
    const decision = await again(await grantedAccess());
    expect(decision).toMatchObject({ granted: true });
    expect(decision.verdicts.map(({ check }) => check)).toEqual([5, 6, 7, 8]);
  });

  it('deny from the instant the authorization ends', async () => {
    expect(await again(await grantedAccess(), { at: later(4) })).toMatchObject({ firstDenial: { check: 6, reason: 'authorization-expired' } });
  });

  it('deny at another organisation of the same service', async () => {
    expect(await again(await grantedAccess(), { custodian: parties.stranger.did })).toMatchObject({ firstDenial: { check: 5, reason: 'authorization-for-another-custodian' } });
  });

  it('deny at once when the regisseur has pushed a revocation', async () => {
    const granted = await grantedAccess();
    await granted.held.records.revocations.addRevocation(granted.access.authorization.id, parties.regisseur.did, now);
    expect(await again(granted)).toMatchObject({ firstDenial: { check: 6, reason: 'authorization-revoked' } });
  });

  it('take no revocation from anyone but its regisseur', async () => {
    const granted = await grantedAccess();
    await granted.held.records.revocations.addRevocation(granted.access.authorization.id, parties.stranger.did, now);
    expect(await again(granted)).toMatchObject({ granted: true });
  });

  it('deny when the status list says revoked, or nothing that can be evaluated', async () => {
    const granted = await grantedAccess();
    expect(await again(granted, { lists: { statusOf: async () => ({ status: 'revoked' }) } })).toMatchObject({ firstDenial: { reason: 'authorization-revoked' } });
    expect(await again(granted, { lists: { statusOf: async () => ({ status: 'unknown', detail: 'unreachable' }) } })).toMatchObject({ firstDenial: { reason: 'authorization-status-unknown' } });
  });

  it('deny when the allowlist row has been ended', async () => {
    const granted = await grantedAccess();
    await granted.held.records.allowlist.endRow(granted.held.row, now);
    expect(await again(granted)).toMatchObject({ firstDenial: { check: 7, reason: 'regisseur-not-on-allowlist' } });
  });

  it('deny when the enrolment has been ended, or the patient has left', async () => {
    const ended = await grantedAccess();
    await ended.held.records.enrolments.endEnrolment(ended.held.enrolment, now);
    expect(await again(ended)).toMatchObject({ firstDenial: { check: 8, reason: 'patient-not-enrolled' } });
    const left = await grantedAccess();
    left.held.records.inCare.delete(left.held.patient);
    expect(await again(left)).toMatchObject({ firstDenial: { check: 8, reason: 'patient-not-in-care' } });
  });

  it('refuse to go on when a handle has come to stand for another patient', async () => {
    const { held, access } = await grantedAccess();
    const other = { ...access, patient: 'patient-2' as typeof access.patient };
    await expect(again({ held, access: other })).rejects.toThrow('another patient');
  });
});

describe('standing read in one go', () => {
  it('answers for the authorization it was read for and for no other', async () => {
    const { held, access } = await grantedAccess();
    const standing = await held.records.standingOf(standingQuestionOf(authorizationOf(access), now));
    const ports = standingPorts(standing, valid, held.records.isInCare);
    const { stranger, regisseur, actor } = parties;
    expect(await ports.allowlist.findRow(regisseur.did, actor.did, now)).toBeDefined();
    expect(await ports.allowlist.findRow(stranger.did, actor.did, now)).toBeUndefined();
    expect(await ports.allowlist.findRow(regisseur.did, stranger.did, now)).toBeUndefined();
    expect(await ports.allowlist.findDelegation(access.authorization.id)).toBeUndefined();
    expect(await ports.statuses.statusOf({ ...authorizationOf(access), regisseur: stranger.did })).toEqual({ status: 'revoked', source: 'revocations' });
  });

  it('grants nothing when there is none', async () => {
    const { access, held } = await grantedAccess();
    expect(await decideAgain({ custodian: parties.custodian.did, access, maxAuthorizationSeconds: 86_400, now }, standingPorts(undefined, valid, held.records.isInCare))).toMatchObject({ granted: false });
  });
});
