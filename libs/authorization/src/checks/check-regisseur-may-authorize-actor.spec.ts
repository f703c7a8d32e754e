import { createTestCustodian, createTestParties, newCredentialId } from '@anw/testing/parties';
import { checkRegisseurMayAuthorizeActor, type RegisseurMayAuthorizeActorInput } from './check-regisseur-may-authorize-actor.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

async function check(change: Partial<RegisseurMayAuthorizeActorInput> = {}, prepare?: (held: Awaited<ReturnType<typeof createTestCustodian>>) => Promise<unknown>) {
  const held = await createTestCustodian(parties, now);
  await prepare?.(held);
  return checkRegisseurMayAuthorizeActor({ custodian: custodian.did, regisseur: regisseur.did, actor: actor.did, delegation: held.delegation, now, ...change }, held.records.allowlist);
}

describe('check 7: the regisseur may authorize this actor', () => {
  it('grants a pair on the allowlist under a delegation of ours', async () => expect(await check()).toMatchObject({ check: 7, granted: true, fact: { source: 'allowlist' } }));

  it.each([
    ['the custodian lists the regisseur for another actor', { actor: stranger.did }],
    ['the custodian lists another regisseur for the actor', { regisseur: stranger.did }],
    ['the row is over', { now: later(31 * 24) }],
    ['the row has not started', { now: later(-31 * 24) }],
  ])('denies when %s', async (_, change) => expect(await check(change)).toMatchObject({ granted: false, reason: 'regisseur-not-on-allowlist' }));

  it('denies from the moment the row is ended, though the delegation still stands', async () => {
    expect(await check({}, ({ records, row }) => records.allowlist.endRow(row, now))).toMatchObject({ reason: 'regisseur-not-on-allowlist' });
  });

  it.each([
    ['no delegation', undefined],
    ['a delegation that we do not know', newCredentialId(custodian)],
    ['a delegation of another custodian', newCredentialId(stranger)],
  ])('denies when the authorization names %s', async (_, delegation) => expect(await check({ delegation })).toMatchObject({ reason: 'delegation-unknown' }));

  it('denies a delegation of another custodian even when our records should hold one of that id', async () => {
    const id = newCredentialId(stranger);
    const verdict = await check({ delegation: id }, async ({ records }) => records.allowlist.addDelegation({ ...records.state.delegations[0]!, id }));
    expect(verdict).toMatchObject({ reason: 'delegation-unknown' });
  });

  it('denies a delegation that was issued to another regisseur', async () => {
    const id = newCredentialId(custodian);
    const verdict = await check({ delegation: id }, async ({ records }) => records.allowlist.addDelegation({ ...records.state.delegations[0]!, id, regisseur: stranger.did }));
    expect(verdict).toMatchObject({ reason: 'delegation-of-another-regisseur' });
  });

  it('denies a delegation that was revoked', async () => {
    expect(await check({}, ({ records }) => records.allowlist.revokeDelegations(regisseur.did, now))).toMatchObject({ reason: 'delegation-not-valid' });
  });

  it('denies a delegation that is over', async () => {
    const id = newCredentialId(custodian);
    const over = { from: later(-2), until: now };
    const verdict = await check({ delegation: id }, async ({ records }) => records.allowlist.addDelegation({ ...records.state.delegations[0]!, id, period: over }));
    expect(verdict).toMatchObject({ reason: 'delegation-not-valid' });
  });

  it('has nothing to evaluate without an authorization', async () => expect(await check({ regisseur: undefined })).toMatchObject({ reason: 'not-evaluated' }));
});
