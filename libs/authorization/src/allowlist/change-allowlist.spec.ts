import { parseCredential, readDelegationCredential, verifyCredential } from '@anw/credentials';
import { createTestParties, InMemoryCustodian, keysOfParties, statusListsOf } from '@anw/testing/parties';
import { randomUUID } from 'node:crypto';
import type { EmployeeIdentifier } from '@anw/values';
import { addAllowlistRow, type ChangeAllowlistPorts, endAllowlistRow, listAllowlist } from './change-allowlist.js';
import { delegationInForce } from './renew-delegation.js';

const start = new Date('2026-01-01T12:00:00Z');
const { regisseur, custodian, actor, stranger } = createTestParties();
const days = (from: number, until: number) => ({ from: new Date(start.getTime() + from * 86_400_000), until: new Date(start.getTime() + until * 86_400_000) });
const row = { regisseur: regisseur.did, actor: actor.did, period: days(0, 365) };

function openAllowlist() {
  const records = new InMemoryCustodian();
  const time = { now: start };
  const issuer = { signer: custodian.signer, statusLists: statusListsOf(custodian), maxAuthorizationSeconds: 86_400, randomUuid: randomUUID };
  const ports: ChangeAllowlistPorts = { by: 'a.beheer' as EmployeeIdentifier, fourEyes: false, issuer, clock: () => time.now, randomUuid: randomUUID, transaction: records.transaction };
  const current = () => records.allowlist.currentDelegation(regisseur.did, time.now);
  const actors = async () => {
    const delegation = await current();
    return delegation && readDelegationCredential(await verifyCredential(parseCredential(delegation.jwt), { keys: keysOfParties(custodian), now: time.now })).actors;
  };
  return { records, time, issuer, ports, current, actors };
}

describe('allowlist (design D11)', () => {
  it('adds a row together with a delegation that the custodian signed, and a row in the log', async () => {
    const { records, ports, actors, current } = openAllowlist();
    const added = await addAllowlistRow(row, ports);
    expect(await records.allowlist.findRow(regisseur.did, actor.did, start)).toEqual({ id: added.id, ...row });
    expect(added.state).toBe('current');
    expect(await actors()).toEqual([actor.did]);
    expect(await current()).toMatchObject({ regisseur: regisseur.did, actors: [actor.did], maxAuthorizationSeconds: 86_400 });
    expect(records.state.audit).toEqual([
      expect.objectContaining({ name: 'allowlist.changed', regisseur: regisseur.did, actor: actor.did, practitioner: { identifier: 'a.beheer' }, query: `row ${added.id} added` }),
    ]);
  });

  it('tells the regisseur of each change, and names nobody but the custodian', async () => {
    const { records, ports } = openAllowlist();
    const { id } = await addAllowlistRow(row, ports);
    await endAllowlistRow(id, ports);
    const told = { type: 'nl.anw.allowlist.changed.v1', source: custodian.did, subject: custodian.did, data: { recipient: regisseur.did } };
    expect(records.state.outbox).toEqual([expect.objectContaining(told), expect.objectContaining(told)]);
  });

  it('logs a nameless operator as such', async () => {
    const { records, ports } = openAllowlist();
    await addAllowlistRow(row, { ...ports, by: undefined });
    expect(records.state.audit).toEqual([expect.objectContaining({ practitioner: { identifier: 'operator' } })]);
  });

  it('answers a repeat with the row that is there', async () => {
    const { records, ports } = openAllowlist();
    const added = await addAllowlistRow(row, ports);
    expect(await addAllowlistRow(row, ports)).toEqual(added);
    expect(records.state).toMatchObject({ rows: [{ id: added.id }], delegations: [expect.anything()], audit: [expect.anything()] });
  });

  it('names every actor of the regisseur in its newest delegation, and nobody else\'s', async () => {
    const { ports, actors } = openAllowlist();
    await addAllowlistRow({ ...row, regisseur: stranger.did }, ports);
    await addAllowlistRow(row, ports);
    await addAllowlistRow({ ...row, actor: stranger.did }, ports);
    expect(await actors()).toEqual([actor.did, stranger.did].toSorted());
  });

  it.each([
    ['that overlaps another row of the pair', days(100, 500), 'overlaps-another-entry'],
    ['that ends before it starts', days(2, 1), 'period-ends-before-it-starts'],
    ['that is over already', days(-2, -1), 'period-is-over'],
  ])('refuses a row %s, and changes nothing', async (_, period, code) => {
    const { records, ports } = openAllowlist();
    await addAllowlistRow(row, ports);
    const before = records.state;
    await expect(addAllowlistRow({ ...row, period }, ports)).rejects.toMatchObject({ name: 'EntryError', code });
    expect(records.state).toBe(before);
  });

  it('takes a row for a later day, that opens nothing before its first moment', async () => {
    const { records, time, issuer, ports, actors, current } = openAllowlist();
    const added = await addAllowlistRow({ ...row, period: days(2, 4) }, ports);
    expect([added.state, await current()]).toEqual(['future', undefined]);
    time.now = days(2, 3).from;
    await delegationInForce(regisseur.did, time.now, issuer, records);
    expect(await actors()).toEqual([actor.did]);
    expect(await listAllowlist(ports)).toEqual([{ ...added, state: 'current' }]);
  });

  it('lists rows that are over, also one that was ended before it began', async () => {
    const { time, ports } = openAllowlist();
    const { id } = await addAllowlistRow({ ...row, period: days(2, 4) }, ports);
    await addAllowlistRow({ ...row, actor: stranger.did, period: days(0, 1) }, ports);
    await endAllowlistRow(id, ports);
    time.now = days(3, 4).from;
    expect((await listAllowlist(ports)).map(({ actor: of, state }) => [of, state])).toEqual([[stranger.did, 'ended'], [actor.did, 'ended']]);
  });

  it('takes a row that starts where another ends', async () => {
    const { records, ports } = openAllowlist();
    await addAllowlistRow(row, ports);
    await addAllowlistRow({ ...row, period: days(365, 366) }, ports);
    expect(records.state.rows).toHaveLength(2);
  });

  it('ends a row at once, and drops its actor from the newest delegation', async () => {
    const { records, ports, actors, current } = openAllowlist();
    const { id } = await addAllowlistRow(row, ports);
    await addAllowlistRow({ ...row, actor: stranger.did }, ports);
    const older = await current();
    expect(await endAllowlistRow(id, ports)).toBe(true);
    expect(await records.allowlist.findRow(regisseur.did, actor.did, start)).toBeUndefined();
    expect(await actors()).toEqual([stranger.did]);
    expect(await records.allowlist.findDelegation(older!.id)).not.toHaveProperty('revokedAt');
  });

  it('revokes every delegation of a regisseur with its last row, in the status lists as well', async () => {
    const { records, ports, current } = openAllowlist();
    const { id } = await addAllowlistRow(row, ports);
    await endAllowlistRow(id, ports);
    expect(await current()).toBeUndefined();
    expect(records.state.delegations.every(({ revokedAt }) => revokedAt === start)).toBe(true);
    expect((await records.register.bitsOf(1))!.some((byte) => byte !== 0)).toBe(true);
  });

  it('has nothing to end twice, or of an unknown id', async () => {
    const { ports } = openAllowlist();
    const { id } = await addAllowlistRow(row, ports);
    expect(await endAllowlistRow(id, ports)).toBe(true);
    expect(await endAllowlistRow(id, ports)).toBe(false);
    expect(await endAllowlistRow(randomUUID(), ports)).toBe(false);
  });

  it('keeps nothing of a change that cannot be logged', async () => {
    const { records, ports } = openAllowlist();
    const transaction: ChangeAllowlistPorts['transaction'] = (work) =>
      records.transaction((stores) => work({ allowlist: stores.allowlist, register: stores.register, proposals: stores.proposals, history: stores.history, outbox: stores.outbox, audit: { append: () => Promise.reject(new Error('log is full')) } }));
    await expect(addAllowlistRow(row, { ...ports, transaction })).rejects.toThrow('log is full');
    expect(records.state).toMatchObject({ rows: [], delegations: [] });
  });
});

describe('delegation in force', () => {
  it('stays the same while more than half of its life is ahead', async () => {
    const { records, ports, time, issuer, current } = openAllowlist();
    await addAllowlistRow(row, ports);
    const first = await current();
    time.now = days(14, 15).from;
    expect(await delegationInForce(regisseur.did, time.now, issuer, records)).toEqual(first);
  });

  it.each([
    ['begun', days(1, 9), [actor.did, stranger.did].toSorted()],
    ['ended by itself', days(0, 1), [actor.did]],
  ])('is renewed as soon as a row has %s, and names whom the rows of that moment name', async (_, period, expected) => {
    const { records, ports, time, issuer, actors } = openAllowlist();
    await addAllowlistRow(row, ports);
    await addAllowlistRow({ ...row, actor: stranger.did, period }, ports);
    time.now = days(1, 2).from;
    await delegationInForce(regisseur.did, time.now, issuer, records);
    expect(await actors()).toEqual(expected);
  });

  it('is revoked once the last row has ended by itself', async () => {
    const { records, ports, time, issuer, current } = openAllowlist();
    await addAllowlistRow({ ...row, period: days(0, 1) }, ports);
    time.now = days(1, 2).from;
    expect(await delegationInForce(regisseur.did, time.now, issuer, records)).toBeUndefined();
    expect(await current()).toBeUndefined();
    expect((await records.register.bitsOf(1))!.some((byte) => byte !== 0)).toBe(true);
  });

  it('is renewed after that, so that it never ends while rows remain', async () => {
    const { records, ports, time, issuer, current } = openAllowlist();
    await addAllowlistRow(row, ports);
    const first = await current();
    time.now = days(15, 16).from;
    const second = await delegationInForce(regisseur.did, time.now, issuer, records);
    expect(second!.id).not.toBe(first!.id);
    expect(await current()).toEqual(second);
  });

  it('is none for a regisseur without rows', async () => {
    const { records, issuer } = openAllowlist();
    expect(await delegationInForce(stranger.did, start, issuer, records)).toBeUndefined();
  });
});
