import { type Organisation, parseCompactJws, type Signer } from '@anw/identity';
import { createEvent, signEvent } from '@anw/notifications';
import { AuditTrailTable, createOrganisationDirectory, OutboxTable } from '@anw/persistence';
import { createTestDatabase, createTestParty, type TestDatabase } from '@anw/testing';
import { didOf, DidUrl, EmployeeIdentifier, OrganisationName } from '@anw/values';
import { createKeyEncryption, createOrganisationIdentities, KeyEncryptionKey } from '@anw/veramo';
import { serviceCoreEntities } from '../service-core-tables.js';
import { CreateServiceCore1700000000000 } from '../service-core.fixture.js';
import { KeyKeeping } from './key-keeping.js';

const facts = { name: OrganisationName.parse('de-linde'), displayName: 'Thuiszorg De Linde', city: 'Zutphen' };
const partner = createTestParty('regie');
const by = EmployeeIdentifier.parse('b-1');

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase([CreateServiceCore1700000000000], serviceCoreEntities);
});
afterAll(() => test.drop());

/** An organisation of its own over the real database and the real agent. */
async function createSituation() {
  const { database } = test;
  const state = { now: new Date(), signedAnew: [] as Signer[], kicks: 0, succeeds: true };
  const encryption = createKeyEncryption(KeyEncryptionKey.parse(Buffer.alloc(32, 7).toString('base64')));
  const identities = createOrganisationIdentities({ database, clock: () => state.now, encryption, partnerUrl: 'https://custodian.example', servesFhir: true });
  const name = OrganisationName.parse(`linde-${Math.random().toString(36).slice(2, 10)}`);
  const organisation: Organisation = await identities.createOrganisation({ ...facts, name });
  const succession = {
    signAnew: async (_organisation: Organisation, signer: Signer) => {
      if (!state.succeeds) throw new Error('power cut');
      state.signedAnew.push(signer);
    },
  };
  const keys = new KeyKeeping(identities, createOrganisationDirectory(database), succession, { kick: () => void (state.kicks += 1) }, database, () => state.now);
  const within = <T>(work: Parameters<typeof database.withOrganisation<T>>[1]) => database.withOrganisation(organisation.id, work);
  const log = async () => (await within((tx) => new AuditTrailTable(tx).listEvents({ limit: 20 }))).filter(({ name: event }) => event.startsWith('key.'));
  const kidNow = async () => (await identities.signerFor(organisation.did)).kid;
  return { state, identities, organisation, name, keys, within, log, kidNow };
}

describe('signing keys of an organisation', () => {
  it('are followed by a new one, which signs after the hour that partners may keep a document', async () => {
    const { state, identities, organisation, name, keys, log, kidNow } = await createSituation();
    const first = await kidNow();
    const added = (await keys.rotate(name, undefined, by))!;
    expect((await identities.didDocumentOf(organisation)).assertionMethod).toEqual(expect.arrayContaining([first, added.kid]));
    expect(await kidNow()).toBe(first);
    state.now = new Date(state.now.getTime() + 3_601_000);
    expect(await kidNow()).toBe(added.kid);
    expect(await log()).toMatchObject([{ name: 'key.rotated', actor: organisation.did, query: added.kid, practitioner: { identifier: by } }]);
  });

  it('are followed by one that signs from the moment that the operator names', async () => {
    const { state, name, keys, kidNow } = await createSituation();
    const added = (await keys.rotate(name, state.now, undefined))!;
    expect(await kidNow()).toBe(added.kid);
  });

  it('are shown with their state', async () => {
    const { name, keys, kidNow } = await createSituation();
    expect(await keys.list(name)).toMatchObject([{ kid: await kidNow(), state: 'active' }]);
  });

  it.each(['list', 'rotate', 'withdraw'] as const)('are those of an organisation: without one there is none to %s', async (verb) => {
    const { keys, kidNow } = await createSituation();
    const unknown = OrganisationName.parse('onbekend');
    expect(await { list: () => keys.list(unknown), rotate: () => keys.rotate(unknown, undefined, by), withdraw: async () => keys.withdraw(unknown, await kidNow(), by) }[verb]()).toBeUndefined();
  });
});

describe('a key that leaked', () => {
  it('is withdrawn though it is the only one: another takes its place at once', async () => {
    const { identities, organisation, name, keys, log, kidNow } = await createSituation();
    const leaked = await kidNow();
    const after = (await keys.withdraw(name, leaked, by))!;
    expect(after.map(({ kid, state }) => [kid, state]).sort()).toEqual([[leaked, 'withdrawn'], [await kidNow(), 'active']].sort());
    expect(JSON.stringify(await identities.didDocumentOf(organisation))).not.toContain(leaked);
    expect(await log()).toMatchObject([{ name: 'key.withdrawn', actor: organisation.did, query: leaked, practitioner: { identifier: by } }]);
  });

  it('leaves no notification under way that nobody can verify any more', async () => {
    const { state, identities, organisation, name, keys, within, kidNow } = await createSituation();
    const signer = await identities.signerFor(organisation.did);
    const event = createEvent({ type: 'nl.anw.allowlist.changed.v1', source: organisation.did, recipient: partner.did, subject: organisation.did }, { now: state.now });
    const arrived = createEvent({ type: 'nl.anw.allowlist.changed.v1', source: organisation.did, recipient: partner.did, subject: organisation.did }, { now: state.now });
    await within(async (tx) => {
      const outbox = new OutboxTable(tx);
      await outbox.put(event, await signEvent(event, signer));
      await outbox.put(arrived, await signEvent(arrived, signer));
      await outbox.markReceived(arrived.id, state.now, partner.did);
    });
    await keys.withdraw(name, signer.kid, by);
    const kidOf = (id: string) => within(async (tx) => parseCompactJws((await new OutboxTable(tx).findMessage(id))!.jws).kid);
    expect([await kidOf(event.id), await kidOf(arrived.id)]).toEqual([await kidNow(), signer.kid]);
    expect(state.kicks).toBe(1);
  });

  it('has what its organisation signed with it signed anew, under the key that signs now', async () => {
    const { state, organisation, name, keys, kidNow } = await createSituation();
    await keys.withdraw(name, await kidNow(), by);
    expect(state.signedAnew.map(({ did, kid }) => [did, kid])).toEqual([[organisation.did, await kidNow()]]);
  });

  it('is withdrawn once, and what was left undone is done when it is asked again', async () => {
    const { state, name, keys, log, kidNow } = await createSituation();
    const leaked = await kidNow();
    state.succeeds = false;
    await expect(keys.withdraw(name, leaked, by)).rejects.toThrow('power cut');
    state.succeeds = true;
    expect(await keys.withdraw(name, leaked, by)).toHaveLength(2);
    expect([state.signedAnew.length, (await log()).length]).toEqual([1, 1]);
  });

  it('is one of ours: another is not known', async () => {
    const { name, keys, kidNow } = await createSituation();
    expect(await keys.withdraw(name, DidUrl.parse(`${didOf(await kidNow())}#unknown`), by)).toBeUndefined();
    expect(await keys.withdraw(name, partner.signer.kid, by)).toBeUndefined();
  });
});
