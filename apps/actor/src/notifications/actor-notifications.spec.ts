import { heldVisits } from '@anw/authorization';
import { type AuthorizationToIssue, issueAuthorizationCredential } from '@anw/credentials';
import { createDraft } from '@anw/fhir';
import { createEvent, type NotificationEvent, receiveNotification, type ReceiveResult, signEvent } from '@anw/notifications';
import { AuditTrailTable } from '@anw/persistence';
import { serviceCoreEntities } from '@anw/service-core';
import { createTestDatabase, createTestParties, exampleAuthorization, exampleUser, keysOfParties, newCredentialId, signersOfParties, type TestDatabase, type TestParty, validLists } from '@anw/testing';
import type { DidUrl } from '@anw/values';
import { createKeyEncryption, KeyEncryptionKey } from '@anw/veramo';
import { randomBytes, randomUUID } from 'node:crypto';
import { actorStores } from '../actor-stores.js';
import { SealedDrafts } from '../drafts/sealed-drafts.js';
import { actorMigrations } from '../migrations/index.js';
import { withdrawVisit } from '../visits/withdraw-visit.js';
import { authorizationOffered } from './authorization-offered.js';
import { authorizationRevoked } from './authorization-revoked.js';

const now = new Date();
const encryption = createKeyEncryption(KeyEncryptionKey.parse(randomBytes(32).toString('base64')));
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(actorMigrations, serviceCoreEntities);
});
afterAll(() => test.drop());

/** An actor of its own, what the regisseur holds for it, and what the actor's memory was told to forget. */
function createSituation({ delivery }: { delivery?: () => Promise<unknown> } = {}) {
  const parties = createTestParties();
  const { regisseur, custodian, actor, stranger } = parties;
  const careRequest = randomUUID();
  const forgotten: DidUrl[] = [];
  const held = new Map<string, unknown>();
  const context = {
    note: 'Sleutel in het kastje',
    urgency: 'soon',
    visitWindow: { from: hours(1).toISOString(), until: hours(2).toISOString() },
    patient: { name: 'J. de Boer', birthDate: '1941-05-12' },
    custodian: { did: custodian.did, name: 'Thuiszorg Bron' },
  };

  async function issue(change: Partial<AuthorizationToIssue> = {}): Promise<{ readonly id: DidUrl; readonly href: string }> {
    const terms = exampleAuthorization(parties, now, change);
    const href = `https://regie.example/anw/regie/authorizations/${terms.id.split('#')[1]}`;
    held.set(href, { credential: await issueAuthorizationCredential(regisseur.signer, terms), context: { ...context, careRequest } });
    return { id: terms.id, href };
  }

  const ports = { keys: keysOfParties(regisseur, actor, stranger), signers: signersOfParties(actor), clock: () => now };
  const effects = {
    'nl.anw.authorization.offered.v1': authorizationOffered({
      ...ports,
      statuses: validLists,
      organisations: { findByDid: async (did) => (did === actor.did ? actor.organisation : undefined) },
      fetchDelivery: async (href) => (delivery ? delivery() : held.get(href)),
    }),
    'nl.anw.authorization.revoked.v1': authorizationRevoked({ clock: ports.clock, forget: (id) => forgotten.push(id) }),
  };

  async function notify(event: NotificationEvent, sender: TestParty = regisseur): Promise<ReceiveResult> {
    const jws = await signEvent(event, sender.signer);
    return receiveNotification(actor.organisation, { jws, channel: 'https' }, {
      ...ports,
      effects,
      transaction: (organisation, work) => test.database.withOrganisation(organisation, (tx) => work(actorStores(tx))),
    });
  }

  const offer = ({ id, href }: { id: DidUrl; href: string }, source: TestParty = regisseur) =>
    notify(createEvent({ type: 'nl.anw.authorization.offered.v1', source: source.did, recipient: actor.did, subject: id, href }, { now }), source);
  const revoke = (id: DidUrl, source: TestParty = regisseur) => notify(createEvent({ type: 'nl.anw.authorization.revoked.v1', source: source.did, recipient: actor.did, subject: id }, { now }), source);

  const within = test.database.withOrganisation.bind(test.database, actor.organisation.id) as <T>(work: (tx: Parameters<typeof actorStores>[0]) => Promise<T>) => Promise<T>;
  return {
    parties,
    forgotten,
    issue,
    offer,
    revoke,
    route: async () => (await within((tx) => actorStores(tx).received.listReceivedFor(exampleUser(now).identifier))).map(({ credential }) => credential.id),
    visits: async (at = now) => heldVisits(await within((tx) => actorStores(tx).received.listReceivedFor(exampleUser(now).identifier)), at).map(({ id, until }) => ({ id, until })),
    /** What the period of an authorization being over does. */
    end: (authorization: DidUrl) => within((tx) => withdrawVisit(actorStores(tx), { authorization, actor: actor.did, reason: 'ended', at: now })),
    writeAt: (visit: DidUrl, id = randomUUID()) => within((tx) => new SealedDrafts(tx, encryption).addDraft(createDraft({ id, authorization: visit, custodian: custodian.did, practitioner: exampleUser(now).identifier, kind: 'nursing-report', input: { text: 'Half' }, at: now }))).then(() => id),
    draft: (id: string) => within((tx) => new SealedDrafts(tx, encryption).findDraft(id)),
    log: () => within((tx) => new AuditTrailTable(tx).listEvents({ limit: 10 })),
    /** Types of what goes back to the regisseur. */
    answers: async () => (await within((tx) => tx.query<{ type: string }>(`SELECT event->>'type' AS type FROM notification_outbox ORDER BY created_at`))).map(({ type }) => type),
  };
}

describe('an authorization that a regisseur offers to an actor (design §2 step 4)', () => {
  it('is on the route of the nurse whom it names, in the log, and receipted', async () => {
    const { issue, offer, route, log, answers } = createSituation();
    const issued = await issue();
    expect(await offer(issued)).toMatchObject({ kind: 'stored' });
    expect(await route()).toEqual([issued.id]);
    expect(await log()).toMatchObject([{ name: 'authorization.received', outcome: 'success', authorization: issued.id }]);
    expect(await answers()).toEqual(['nl.anw.authorization.received.v1']);
  });

  it('is on the route once, however often it is offered', async () => {
    const { issue, offer, route } = createSituation();
    const issued = await issue();
    await offer(issued);
    await offer(issued);
    expect(await route()).toEqual([issued.id]);
  });

  it('for a shift still to come is on the route already', async () => {
    const { issue, offer, route } = createSituation();
    const issued = await issue({ period: { from: hours(3), until: hours(11) } });
    await offer(issued);
    expect(await route()).toEqual([issued.id]);
  });

  it('that cannot be accepted is not on the route; the regisseur is told and the reason is in the log', async () => {
    const { parties, issue, offer, route, log, answers } = createSituation();
    await offer(await issue({ actor: parties.stranger.did }));
    expect(await route()).toEqual([]);
    expect(await log()).toMatchObject([{ name: 'authorization.received', outcome: 'serious-failure', reason: 'other-actor' }]);
    expect(await answers()).toContain('nl.anw.authorization.refused.v1');
  });

  it('that cannot be pulled now is tried again, and leaves nothing', async () => {
    const { issue, offer, route, log, answers } = createSituation({ delivery: () => Promise.reject(new Error('connection refused')) });
    expect(await offer(await issue())).toMatchObject({ kind: 'retry' });
    expect([await route(), await log(), await answers()]).toEqual([[], [], []]);
  });

  it('of someone other than its issuer is refused', async () => {
    const { parties, issue, offer, route, log } = createSituation();
    await offer(await issue(), parties.stranger);
    expect(await route()).toEqual([]);
    expect(await log()).toMatchObject([{ reason: 'other-regisseur' }]);
  });
});

describe('an authorization that extends another (docs/adr/0024)', () => {
  /** Two hours, and the two after them, for the same client of the same custodian. */
  async function createExtended() {
    const situation = createSituation();
    const handle = exampleAuthorization(situation.parties, now).handle;
    const first = await situation.issue({ handle, period: { from: hours(-1), until: hours(2) } });
    const extension = await situation.issue({ handle, period: { from: hours(2), until: hours(4) } });
    return { ...situation, first, extension };
  }

  it('is no visit of its own: the visit lasts longer, once, however often it is offered', async () => {
    const { offer, visits, first, extension } = await createExtended();
    for (const each of [first, extension, extension]) await offer(each);
    expect(await visits()).toEqual([{ id: first.id, until: wholeSecond(hours(4)) }]);
  });

  it('takes the place of the other when that ends, and what the nurse wrote stays hers', async () => {
    const { offer, end, visits, writeAt, draft, log, first, extension } = await createExtended();
    await offer(first);
    const entry = await writeAt(first.id);
    await offer(extension);
    expect(await end(first.id)).toEqual({ held: true, isOver: false, undelivered: 0 });
    expect(await visits(hours(3))).toEqual([{ id: first.id, until: wholeSecond(hours(4)) }]);
    expect(await draft(entry)).toMatchObject({ content: { input: { text: 'Half' } } });
    expect((await log()).map(({ name }) => name)).not.toContain('draft.undelivered');

    expect(await end(extension.id)).toEqual({ held: true, isOver: true, undelivered: 1 });
    expect(await draft(entry)).toBeUndefined();
    expect(await visits(hours(3))).toEqual([]);
  });

  it('is taken back with it: after the last of them nothing that was written can be read', async () => {
    const { offer, revoke, visits, writeAt, draft, first, extension } = await createExtended();
    await offer(first);
    const entry = await writeAt(first.id);
    await offer(extension);
    await Promise.all([revoke(first.id), revoke(extension.id)]);
    expect([await visits(), await draft(entry)]).toEqual([[], undefined]);
  });

  it('is a visit of its own when what it extends never came', async () => {
    const { offer, visits, extension } = await createExtended();
    await offer(extension);
    expect(await visits()).toEqual([{ id: extension.id, until: wholeSecond(hours(4)) }]);
  });
});

describe('an authorization that its regisseur revokes (design §2 step 7)', () => {
  it('leaves the route, the memory and the database, and the log says so', async () => {
    const { issue, offer, revoke, route, log, forgotten } = createSituation();
    const issued = await issue();
    await offer(issued);
    expect(await revoke(issued.id)).toMatchObject({ kind: 'stored' });
    expect(await route()).toEqual([]);
    expect(forgotten).toEqual([issued.id]);
    expect((await log())[0]).toMatchObject({ name: 'authorization.wiped', reason: 'revoked', authorization: issued.id });
  });

  it('before its offer arrives never comes on the route', async () => {
    const { issue, offer, revoke, route, log } = createSituation();
    const issued = await issue();
    await revoke(issued.id);
    expect((await log())[0]).toMatchObject({ name: 'authorization.wiped', reason: 'revoked-before-it-arrived' });
    await offer(issued);
    expect(await route()).toEqual([]);
    expect((await log())[0]).toMatchObject({ name: 'authorization.received', reason: 'known-or-withdrawn' });
  });

  it('is revoked by its issuer only: the word of another is parked and changes nothing', async () => {
    const { parties, issue, offer, revoke, route, forgotten } = createSituation();
    const issued = await issue();
    await offer(issued);
    expect(await revoke(issued.id, parties.stranger)).toMatchObject({ kind: 'parked' });
    expect(await route()).toEqual([issued.id]);
    expect(forgotten).toEqual([]);
    expect(await revoke(newCredentialId(parties.stranger))).toMatchObject({ kind: 'parked' });
  });
});

/** As it stands in a credential. */
function wholeSecond(at: Date): Date {
  return new Date(Math.floor(at.getTime() / 1000) * 1000);
}
