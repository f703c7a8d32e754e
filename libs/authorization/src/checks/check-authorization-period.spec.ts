import type { AuthorizationCredential, StatusVerdict } from '@anw/credentials';
import { createTestCustodian, createTestParties, heldAuthorization } from '@anw/testing/parties';
import { createAuthorizationStatuses } from '../authorization-status.js';
import { checkAuthorizationPeriod } from './check-authorization-period.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const held = await createTestCustodian(parties, now);
const after = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const authorization = (change: Partial<AuthorizationCredential> = {}) => heldAuthorization(parties, held, now, change);
const valid: StatusVerdict = { status: 'valid', checkedAt: now };

function check(presented: AuthorizationCredential | undefined, { list = valid, pushed = false, maximumSeconds = 86_400 }: { list?: StatusVerdict; pushed?: boolean; maximumSeconds?: number } = {}) {
  const statuses = createAuthorizationStatuses({ statusOf: async () => list }, { isRevoked: async () => pushed });
  return checkAuthorizationPeriod({ authorization: presented, maximumSeconds, now }, statuses);
}

describe('check 6: the authorization is valid now', () => {
  it('grants within its period', async () => expect(await check(authorization())).toMatchObject({ check: 6, granted: true, fact: { source: 'status-list' } }));
  it('grants at its first instant', async () => expect(await check(authorization({ period: { from: now, until: after(60) } }))).toMatchObject({ granted: true }));
  it('grants one of exactly 24 hours', async () => expect(await check(authorization({ period: { from: now, until: after(86_400) } }))).toMatchObject({ granted: true }));

  it.each([
    ['before its first instant', { from: after(1), until: after(60) }, {}, 'authorization-not-yet-valid'],
    ['at its last instant', { from: after(-60), until: now }, {}, 'authorization-expired'],
    ['one of more than 24 hours', { from: now, until: after(86_401) }, {}, 'authorization-too-long'],
    ['one of more than the maximum', { from: now, until: after(3_601) }, { maximumSeconds: 3_600 }, 'authorization-too-long'],
    ['one of more than 24 hours under a maximum that allows more', { from: now, until: after(86_401) }, { maximumSeconds: 100_000 }, 'authorization-too-long'],
  ] as const)('denies %s', async (_, period, situation, reason) => {
    expect(await check(authorization({ period }), situation)).toMatchObject({ granted: false, reason });
  });

  it('denies one that a status list calls revoked', async () => {
    expect(await check(authorization(), { list: { status: 'revoked' } })).toMatchObject({ reason: 'authorization-revoked', fact: { source: 'status-list' } });
  });

  it('denies one that the regisseur revoked by a push, whatever a cached list still says', async () => {
    expect(await check(authorization(), { pushed: true })).toMatchObject({ reason: 'authorization-revoked', fact: { source: 'revocations' } });
  });

  it('denies one whose status cannot be established', async () => {
    expect(await check(authorization(), { list: { status: 'unknown', detail: 'unreachable' } })).toMatchObject({ reason: 'authorization-status-unknown' });
  });

  it('denies one without any status entry', async () => {
    expect(await check(authorization({ status: [] }))).toMatchObject({ reason: 'authorization-status-unknown' });
  });

  it('has nothing to evaluate without an authorization', async () => expect(await check(undefined)).toMatchObject({ granted: false, reason: 'not-evaluated' }));
});
