import { createStatusEntries, type DelegationToIssue, issueDelegationCredential } from '@anw/credentials';
import { createTestParty, keysOfParties } from '@anw/testing';
import { ANW_PURPOSE_OF_USE, DidUrl } from '@anw/values';
import { PartnerDoorError, type PartnerDoorFailure } from '../partners/partner-door-error.js';
import { fetchAllowlist, type FetchAllowlistPorts } from './fetch-allowlist.js';
import { ageSeconds, isDue, isFresh } from './received-allowlist.js';

const regie = createTestParty('regie');
const linde = createTestParty('linde');
const vecht = createTestParty('vecht');
const nacht = createTestParty('nacht');
const now = new Date('2026-01-01T20:00:00Z');

const terms = (issuer = linde): DelegationToIssue => ({
  id: DidUrl.parse(`${issuer.did}#c0ffee10`),
  regisseur: regie.did,
  purposeOfUse: ANW_PURPOSE_OF_USE,
  actors: [nacht.did],
  period: { from: new Date('2025-12-01T00:00:00Z'), until: new Date('2026-12-01T00:00:00Z') },
  status: createStatusEntries({ door: 'https://linde.example', uuid: issuer.organisation.id }, { page: 1, index: 7 }),
});

const rows = [{ actor: nacht.did, period: { from: new Date('2025-12-01T00:00:00Z'), until: new Date('2026-12-01T00:00:00Z') } }];

function ports(jwt: string, change: Partial<FetchAllowlistPorts> = {}): FetchAllowlistPorts {
  return {
    regisseur: regie.did,
    door: { fetchAllowlist: async () => ({ rows, delegation: jwt }) },
    keys: keysOfParties(linde, vecht),
    statuses: { statusOf: async () => ({ status: 'valid', checkedAt: now }) },
    clock: () => now,
    ...change,
  };
}

describe('allowlist of a custodian for the regisseur (design D11)', () => {
  it('is fetched with its delegation, which is verified before it counts', async () => {
    const jwt = await issueDelegationCredential(linde.signer, terms());
    expect(await fetchAllowlist(linde.did, ports(jwt))).toEqual({
      custodian: linde.did,
      rows,
      fetchedAt: now,
      attemptedAt: now,
      delegation: expect.objectContaining({ id: terms().id, custodian: linde.did, actors: [nacht.did], maxAuthorizationSeconds: 86_400, jwt, fetchedAt: now }),
    });
  });

  it.each<[string, () => Promise<string>, Partial<FetchAllowlistPorts>]>([
    ['another custodian issued it', () => issueDelegationCredential(vecht.signer, terms(vecht)), {}],
    ['it was given to another regisseur', () => issueDelegationCredential(linde.signer, { ...terms(), regisseur: nacht.did }), {}],
    ['it is for another purpose', () => issueDelegationCredential(linde.signer, { ...terms(), purposeOfUse: 'dagzorg' }), {}],
    ['it is over', () => issueDelegationCredential(linde.signer, { ...terms(), period: { from: new Date('2025-01-01'), until: new Date('2025-12-31') } }), {}],
    ['it is not valid yet', () => issueDelegationCredential(linde.signer, { ...terms(), period: { from: new Date('2026-02-01'), until: new Date('2026-12-31') } }), {}],
    ['it is revoked', () => issueDelegationCredential(linde.signer, terms()), { statuses: { statusOf: async () => ({ status: 'revoked' }) } }],
    ['its status cannot be established', () => issueDelegationCredential(linde.signer, terms()), { statuses: { statusOf: async () => ({ status: 'unknown', detail: 'list unreachable' }) } }],
    ['its signature is not right', async () => (await issueDelegationCredential(linde.signer, terms())).replace(/.{4}$/, 'AAAA'), {}],
    ['it is not a credential', async () => 'garbage', {}],
  ])('has no delegation when %s', async (_when, issue, change) => {
    const answer = await fetchAllowlist(linde.did, ports(await issue(), change));
    expect(answer).toEqual({ custodian: linde.did, rows, fetchedAt: now, attemptedAt: now });
  });

  const failing = (code: PartnerDoorFailure) => ports('', { door: { fetchAllowlist: async () => Promise.reject(new PartnerDoorError(code, linde.did, 'so it was')) } });

  it.each(['unreachable', 'unreadable', 'limited'] as const)('is unknown, not empty, when the custodian is %s', async (failure) => {
    expect(await fetchAllowlist(linde.did, failing(failure))).toEqual({ custodian: linde.did, rows: [], attemptedAt: now, failure });
  });

  it('is empty when the custodian lets this regisseur in no more', async () => {
    expect(await fetchAllowlist(linde.did, failing('refused'))).toEqual({ custodian: linde.did, rows: [], fetchedAt: now, attemptedAt: now, failure: 'refused' });
  });

  it('does not take a fault of our own for an answer', async () => {
    const door = { fetchAllowlist: async () => Promise.reject(new Error('database')) };
    await expect(fetchAllowlist(linde.did, ports('', { door }))).rejects.toThrow('database');
  });
});

describe('age of an allowlist', () => {
  const ago = (seconds: number) => new Date(now.getTime() - seconds * 1000);
  const fetched = (seconds: number, change = {}) => ({ custodian: linde.did, rows: [], fetchedAt: ago(seconds), attemptedAt: ago(seconds), ...change });

  it('counts from when the custodian was asked', () => expect([ageSeconds(fetched(90), now), ageSeconds({}, now)]).toEqual([90, undefined]));

  it.each<[string, boolean, Parameters<typeof isFresh>[0]]>([
    ['is within the maximum', true, fetched(60)],
    ['is beyond the maximum', false, fetched(61)],
    ['is from before the custodian said that its rows changed', false, fetched(10, { toldAt: ago(9) })],
    ['is from after that', true, fetched(9, { toldAt: ago(10) })],
    ['is unknown', false, { custodian: linde.did, rows: [] }],
  ])('that %s makes it fresh: %p', (_when, fresh, allowlist) => expect(isFresh(allowlist, now, 60)).toBe(fresh));

  it.each<[string, boolean, Parameters<typeof isDue>[0]]>([
    ['never', true, undefined],
    ['within the interval', false, fetched(299)],
    ['longer ago', true, fetched(301)],
    ['before the custodian said that its rows changed', true, fetched(10, { toldAt: ago(9) })],
    ['in vain just now', false, fetched(301, { failure: 'unreachable', attemptedAt: ago(5) })],
    ['in vain half a minute ago', true, fetched(301, { failure: 'unreachable', attemptedAt: ago(30) })],
    ['and refused within the interval', false, fetched(100, { failure: 'refused' })],
  ])('makes the custodian due when it was asked %s: %p', (_when, due, allowlist) => expect(isDue(allowlist, now, 300)).toBe(due));
});
