import { createStatusEntries, type DelegationToIssue, issueDelegationCredential } from '@anw/credentials';
import { createTestParty, InMemoryDesk, keysOfParties } from '@anw/testing';
import { ANW_PURPOSE_OF_USE, DidUrl } from '@anw/values';
import { currentDelegation, type CurrentDelegationPorts } from './current-delegation.js';
import { CustodianDoorError } from './custodian-door.js';

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

function ports(jwt: string, change: Partial<CurrentDelegationPorts> = {}): CurrentDelegationPorts {
  return {
    regisseur: regie.did,
    door: { fetchDelegation: async () => jwt },
    keys: keysOfParties(linde, vecht),
    statuses: { statusOf: async () => ({ status: 'valid', checkedAt: now }) },
    delegations: new InMemoryDesk().stores.delegations,
    clock: () => now,
    ...change,
  };
}

describe('delegation of a custodian to the regisseur (design D11)', () => {
  it('is fetched, verified and stored', async () => {
    const jwt = await issueDelegationCredential(linde.signer, terms());
    const given = ports(jwt);
    const delegation = await currentDelegation(linde.did, given);
    expect(delegation).toMatchObject({ id: terms().id, custodian: linde.did, actors: [nacht.did], maxAuthorizationSeconds: 86_400, jwt, fetchedAt: now });
    expect(await given.delegations.findDelegationOf(linde.did)).toEqual(delegation);
  });

  it.each<[string, () => Promise<string>, Partial<CurrentDelegationPorts>]>([
    ['another custodian issued it', () => issueDelegationCredential(vecht.signer, terms(vecht)), {}],
    ['it was given to another regisseur', () => issueDelegationCredential(linde.signer, { ...terms(), regisseur: nacht.did }), {}],
    ['it is for another purpose', () => issueDelegationCredential(linde.signer, { ...terms(), purposeOfUse: 'dagzorg' }), {}],
    ['it is over', () => issueDelegationCredential(linde.signer, { ...terms(), period: { from: new Date('2025-01-01'), until: new Date('2025-12-31') } }), {}],
    ['it is not valid yet', () => issueDelegationCredential(linde.signer, { ...terms(), period: { from: new Date('2026-02-01'), until: new Date('2026-12-31') } }), {}],
    ['it is revoked', () => issueDelegationCredential(linde.signer, terms()), { statuses: { statusOf: async () => ({ status: 'revoked' }) } }],
    ['its status cannot be established', () => issueDelegationCredential(linde.signer, terms()), { statuses: { statusOf: async () => ({ status: 'unknown', detail: 'list unreachable' }) } }],
    ['its signature is not right', async () => (await issueDelegationCredential(linde.signer, terms())).replace(/.{4}$/, 'AAAA'), {}],
    ['it is not a credential', async () => 'garbage', {}],
  ])('counts as none, and is not stored, when %s', async (_when, issue, change) => {
    const given = ports(await issue(), change);
    expect(await currentDelegation(linde.did, given)).toBeUndefined();
    expect(await given.delegations.findDelegationOf(linde.did)).toBeUndefined();
  });

  it('is unknown, not absent, when the custodian does not answer', async () => {
    const door = { fetchDelegation: async () => Promise.reject(new CustodianDoorError('unreachable', linde.did, 'time-out')) };
    await expect(currentDelegation(linde.did, ports('', { door }))).rejects.toBeInstanceOf(CustodianDoorError);
  });
});
