import type { Enrichment } from '@anw/fhir';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createFhirResourceTables } from '../fhir-resources/fhir-resource-tables.js';
import { fhirResourceEntities } from '../fhir-resources/fhir-resource-entity.js';
import type { Transaction } from '../database/database.js';
import type { Sealing } from '../sealing/sealing.js';
import { type Signal, SignalListener } from '../signals/signals.js';
import { WebhookRelayTables } from '../webhooks/webhook-relay-tables.js';
import { WebhookTable } from '../webhooks/webhook-table.js';
import { EnrichmentTable } from './enrichment-table.js';
import { type EnrichedVisit, type EnrichedVisitQuestion, EnrichedVisitTable } from './enriched-visit-table.js';
import { createEnrichmentTables, letDayTeamRead } from './enrichment-tables.js';

class CreateEnrichments1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFhirResourceTables(runner);
    await createEnrichmentTables(runner);
    await runner.query(`SELECT set_config('anw.organisation', '*', true)`);
    await runner.query(`
      INSERT INTO fhir_resource (organisation_id, type, id, version, patient_id, body, sort_date, last_updated, written_under, written_by, written_for, practitioner_identifier, practitioner_name, write_key, fingerprint)
      VALUES ('${old}', 'Observation', 'from-before', 1, 'an', '{"resourceType":"Observation","id":"from-before"}', now(), '2025-12-31T22:00:00Z', 'did:web:regie.example:iam:6f0c#old', 'did:web:zorg.example:iam:41d2', 'did:web:regie.example:iam:6f0c', 'e-1', 'S. Bakker', 'key', 'print')`);
    await letDayTeamRead(runner);
  }
  async down(): Promise<void> {}
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
/** Has a record from before there was a journal. */
const old = OrganisationId.parse('44444444-4444-4444-8444-444444444444');
const regisseur = Did.parse('did:web:regie.example:iam:6f0c');
const at = new Date('2026-01-01T22:00:00Z');
const secret = 'a secret of at least thirty-two characters';
/** Stands for encryption, which has a specification of its own. */
const sealing: Sealing = { seal: (text) => ({ encryptionKeyId: 'one', sealed: Buffer.from(text).map((byte) => byte ^ 0x5a) }), open: ({ sealed }) => Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString(), isOutdated: () => false };

const enrichment = (change: Partial<Enrichment> = {}): Enrichment => ({
  id: randomUUID(),
  type: 'Observation',
  resource: randomUUID(),
  version: 1,
  patient: PatientId.parse('jo'),
  at,
  actor: Did.parse('did:web:zorg.example:iam:41d2'),
  regisseur,
  authorization: DidUrl.parse(`${regisseur}#b7a1`),
  practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'Noor de Wit' },
  ...change,
});

describe('what came into the record, in PostgreSQL', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateEnrichments1700000000000], fhirResourceEntities);
  });
  afterAll(() => test.drop());

  const record = (one: Enrichment, organisation = linde) => test.database.withOrganisation(organisation, (tx) => new EnrichmentTable(tx).record(one));
  const list = (after = 0, limit = 1_000, organisation = linde, patienceMilliseconds = 5_000) => test.database.withOrganisation(organisation, (tx) => new EnrichmentTable(tx).list({ after, limit, patienceMilliseconds }));
  const webhooks = <T>(work: (table: WebhookTable) => Promise<T>) => test.database.withOrganisation(linde, (tx) => work(new WebhookTable(tx, sealing)));

  it('is listed once, however often it is noted, and by its organisation only', async () => {
    const one = enrichment();
    expect(await record(one)).toBe(true);
    expect(await record({ ...one, id: randomUUID() })).toBe(false);
    expect((await list())?.items.filter(({ resource }) => resource === one.resource).map(({ id }) => id)).toEqual([one.id]);
    expect((await list(0, 10, vecht))?.items).toEqual([]);
  });

  it('is missed by nobody who reads on from place to place while many write at once and commit in another order', async () => {
    const start = (await list())!.next;
    const written: string[] = [];
    const writers = Array.from({ length: 60 }, async (_, index) => {
      const one = enrichment();
      await sleep(index * 3);
      await test.database.withOrganisation(linde, async (tx) => {
        await new EnrichmentTable(tx).record(one);
        await sleep((index * 37) % 50);
      });
      written.push(one.id);
    });
    const read: string[] = [];
    let after = start;
    const drain = async () => {
      const page = await list(after, 7);
      if (page === undefined) throw new Error('a write hangs');
      read.push(...page.items.map(({ id }) => id));
      after = page.next;
      return page.items.length;
    };
    const writing = Promise.all(writers);
    let done = false;
    void writing.then(() => (done = true));
    while (!done) await drain();
    while ((await drain()) > 0);
    expect(read.toSorted()).toEqual(written.toSorted());
    expect(new Set(read).size).toBe(60);
  });

  it('is not listed past a write that hangs: that is said instead', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let begun = (): void => undefined;
    const noted = new Promise<void>((resolve) => (begun = resolve));
    const hanging = test.database.withOrganisation(linde, async (tx) => {
      await new EnrichmentTable(tx).record(enrichment());
      begun();
      await held;
    });
    await noted;
    expect(await list(0, 10, linde, 50)).toBeUndefined();
    release();
    await hanging;
    expect(await list(0, 10)).toBeDefined();
  });

  it('is on its way only where a webhook is set, and to one sender at a time', async () => {
    await record(enrichment());
    const relay = new WebhookRelayTables(test.database);
    const claim = () => relay.claimDue({ now: new Date(at.getTime() + 1_000), leaseUntil: new Date(at.getTime() + 60_000), limit: 10 });
    expect(await claim()).toEqual([]);
    await webhooks((table) => table.saveWebhook('https://ecd.example/hook', secret, at));
    const one = enrichment();
    await record(one);
    const claimed = (await Promise.all([claim(), claim(), claim()])).flat();
    expect(claimed).toMatchObject([{ organisation: linde, id: one.id, attempts: 0, resource: `Observation/${one.resource}`, patient: 'jo' }]);
    await relay.record(claimed[0]!, { kind: 'parked', failure: 'status 500' }, at);
    expect(await webhooks((table) => table.listDeliveries('parked', 10))).toMatchObject([{ id: one.id, attempts: 1, lastFailure: 'status 500' }]);
    expect(await webhooks((table) => table.retryParked(at))).toBe(1);
    await relay.record((await claim())[0]!, { kind: 'delivered' }, at);
    expect(await webhooks((table) => table.listDeliveries('delivered', 10))).toMatchObject([{ id: one.id, deliveredAt: at }]);
  });

  it('is forgotten as a delivery when that was long ago, and stays in the list; what was given up stays and is counted', async () => {
    await webhooks((table) => table.saveWebhook('https://ecd.example/hook', secret, at));
    const relay = new WebhookRelayTables(test.database);
    const [delivered, parked] = [enrichment(), enrichment()];
    const before = await relay.countParked();
    for (const one of [delivered, parked]) await record(one);
    for (const claimed of await relay.claimDue({ now: at, leaseUntil: new Date(at.getTime() + 60_000), limit: 10 })) await relay.record(claimed, claimed.id === parked.id ? { kind: 'parked', failure: 'status 500' } : { kind: 'delivered' }, at);
    expect(await relay.countParked()).toBe(before + 1);
    const states = async () => (await webhooks((table) => table.listDeliveries(undefined, 1_000))).filter(({ id }) => [delivered.id, parked.id].includes(id)).map(({ state }) => state).toSorted();
    await relay.forgetDeliveredBefore(at);
    expect(await states()).toEqual(['delivered', 'parked']);
    await relay.forgetDeliveredBefore(new Date(at.getTime() + 1));
    expect(await states()).toEqual(['parked']);
    expect((await list())!.items.map(({ id }) => id)).toEqual(expect.arrayContaining([delivered.id, parked.id]));
  });

  it('keeps the secret of the webhook encrypted, and gives it to whoever sends', async () => {
    await webhooks((table) => table.saveWebhook('https://ecd.example/hook', secret, at));
    expect(await webhooks((table) => table.openWebhook())).toEqual({ url: 'https://ecd.example/hook', secret });
    const [row] = await test.database.withOrganisation(linde, (tx) => tx.query<{ text: string }>('SELECT w::text AS text FROM webhook w WHERE organisation_id = $1', [linde]));
    expect(row?.text).not.toContain(secret);
    expect(row?.text).not.toContain(Buffer.from(secret).toString('hex'));
    expect(await webhooks((table) => table.deleteWebhook())).toBe(true);
    expect(await webhooks((table) => table.openWebhook())).toBeUndefined();
  });
});

describe('what the day team reads, visit by visit', () => {
  const team = OrganisationId.parse('33333333-3333-4333-8333-333333333333');
  const daan = { identifier: EmployeeIdentifier.parse('l-330'), name: 'Daan Mulder' };
  const iris = { identifier: EmployeeIdentifier.parse('l-219'), name: 'Iris Aydin' };
  const [first, second] = [DidUrl.parse(`${regisseur}#v1`), DidUrl.parse(`${regisseur}#v2`)];
  const written = [enrichment({ authorization: first }), enrichment({ authorization: second, patient: PatientId.parse('piet') }), enrichment({ authorization: first })];
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateEnrichments1700000000000], fhirResourceEntities);
    for (const one of written) await within((_table, tx) => new EnrichmentTable(tx).record(one));
  });
  afterAll(() => test.drop());

  const within = <T>(work: (table: EnrichedVisitTable, tx: Transaction) => Promise<T>, organisation = team) => test.database.withOrganisation(organisation, (tx) => work(new EnrichedVisitTable(tx), tx));
  const list = (change: Partial<EnrichedVisitQuestion> = {}, organisation = team) => within((table) => table.listVisits({ unreadOnly: false, limit: 10, ...change }), organisation);
  const idsOf = (visits: readonly EnrichedVisit[]) => visits.map(({ items }) => items.map(({ id }) => id));

  it('stands together by authorization, the visit with the latest word first, and within it the latest first', async () => {
    expect(idsOf(await list())).toEqual([[written[2]!.id, written[0]!.id], [written[1]!.id]]);
    expect((await list()).map(({ authorization, patient }) => [authorization, patient])).toEqual([[first, 'jo'], [second, 'piet']]);
  });

  it('is listed of one patient, and page by page without a visit twice', async () => {
    expect(idsOf(await list({ patient: PatientId.parse('piet') }))).toEqual([[written[1]!.id]]);
    const [page] = await list({ limit: 1 });
    expect(idsOf(await list({ before: page!.last }))).toEqual([[written[1]!.id]]);
  });

  it('is unread until somebody says so, for the whole team; who was first stays', async () => {
    expect(await within((table) => table.countUnread())).toBe(2);
    expect(await within((table) => table.markRead([written[1]!.id], daan, at))).toEqual(['piet']);
    expect(await within((table) => table.markRead([written[1]!.id], iris, new Date()))).toEqual([]);
    expect(await within((table) => table.countUnread())).toBe(1);
    expect((await list({ patient: PatientId.parse('piet') }))[0]!.items[0]!.reading).toEqual({ at, by: daan });
    expect(idsOf(await list({ unreadOnly: true }))).toEqual([[written[2]!.id, written[0]!.id]]);
  });

  it('is unread again once more of the same visit comes in, or when somebody takes it back', async () => {
    const later = enrichment({ authorization: second, patient: PatientId.parse('piet') });
    await within((_table, tx) => new EnrichmentTable(tx).record(later));
    expect(idsOf(await list({ unreadOnly: true }))[0]).toEqual([later.id, written[1]!.id]);
    await within((table) => table.markRead([later.id], daan, at));
    expect(await within((table) => table.markUnread([later.id, written[1]!.id]))).toEqual(['piet']);
    expect(await within((table) => table.countUnread())).toBe(2);
  });

  it('is of its organisation alone: another neither sees nor marks it', async () => {
    expect(await list({}, linde)).toEqual([]);
    expect(await within((table) => table.markRead([written[0]!.id], daan, at), linde)).toEqual([]);
    expect(await within((table) => table.countUnread())).toBe(2);
  });

  it('tells each process of the service that it changed, when it is committed', async () => {
    const listener = new SignalListener(test.url);
    const heard: Signal[] = [];
    listener.on('enrichment', (signal) => void heard.push(signal));
    await listener.connect();
    const one = enrichment({ authorization: first });
    await within((_table, tx) => new EnrichmentTable(tx).record(one));
    await within((table) => table.markRead([one.id], daan, at));
    while (heard.length < 2) await sleep(5);
    await listener.close();
    expect(heard).toEqual([{ organisation: team, id: one.id }, { organisation: team, id: one.id }]);
  });

  it('has in it what was written before there was a journal', async () => {
    expect(await list({}, old)).toMatchObject([{ patient: 'an', items: [{ type: 'Observation', resource: 'from-before', practitioner: { name: 'S. Bakker' }, body: { id: 'from-before' } }] }]);
  });
});
