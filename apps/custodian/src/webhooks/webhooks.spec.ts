import type { Enrichment } from '@anw/fhir';
import { EnrichmentTable, fhirResourceEntities, type Sealing, WebhookTable } from '@anw/persistence';
import { Metrics } from '@anw/platform';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { custodianMigrations } from '../migrations/index.js';
import { WebhookGauge } from './webhook-gauge.js';
import { Webhooks } from './webhooks.js';

const linde = { id: OrganisationId.parse('11111111-1111-4111-8111-111111111111'), did: Did.parse('did:web:bron.example:iam:1'), name: 'de-linde' };
const regisseur = Did.parse('did:web:regie.example:iam:6f0c');
const start = new Date('2026-01-01T22:00:00Z').getTime();
const DAY = 24 * 3600 * 1000;
/** Stands for encryption, which has a specification of its own. */
const sealing: Sealing = { seal: (text) => ({ encryptionKeyId: 'one', sealed: Buffer.from(text) }), open: ({ sealed }) => Buffer.from(sealed).toString(), isOutdated: () => false };

const enrichment = (): Enrichment => ({
  id: randomUUID(),
  type: 'Observation',
  resource: randomUUID(),
  version: 1,
  patient: PatientId.parse('jo'),
  at: new Date(start),
  actor: Did.parse('did:web:zorg.example:iam:41d2'),
  regisseur,
  authorization: DidUrl.parse(`${regisseur}#b7a1`),
  practitioner: { identifier: EmployeeIdentifier.parse('e-10442'), name: 'Noor de Wit' },
});

describe('what an organisation’s own system is told', () => {
  let test: TestDatabase;
  const time = { now: start };
  const answers: number[] = [];
  const metrics = new Metrics('custodian');
  let webhooks: Webhooks;

  beforeAll(async () => {
    test = await createTestDatabase(custodianMigrations, fhirResourceEntities);
    const fetch = async () => new Response(null, { status: answers.shift() ?? 500 });
    webhooks = new Webhooks(test.database, { listOrganisations: async () => [linde] } as never, () => sealing as never, fetch as never, () => new Date(time.now));
    new WebhookGauge(test.database, metrics);
    await webhooks.save(linde, { url: 'https://ecd.example/hook', secret: 'a secret of at least thirty-two characters' }, undefined);
  });
  afterAll(() => test.drop());

  const record = (one: Enrichment) => test.database.withOrganisation(linde.id, (tx) => new EnrichmentTable(tx).record(one));
  const parkedInMetrics = async () => Number(/^anw_webhook_parked\{[^}]*\} (\d+)$/m.exec(await metrics.registry.metrics())?.[1]);
  const listed = async () => (await webhooks.list(linde, undefined, 100)).map(({ state }) => state);
  /** Each attempt is due a while after the one before. */
  const sendUntil = async (state: string) => {
    for (let attempt = 0; attempt < 200 && !(await listed()).includes(state as never); attempt += 1) {
      await webhooks.sendDue();
      time.now += DAY;
    }
  };

  it('is given up after many failures, shown in the metrics until somebody sends it again, and then delivered', async () => {
    expect(await parkedInMetrics()).toBe(0);
    await record(enrichment());
    await sendUntil('parked');
    expect([await listed(), await parkedInMetrics()]).toEqual([['parked'], 1]);
    expect(await webhooks.retry(linde)).toBe(1);
    expect(await parkedInMetrics()).toBe(0);
    answers.push(200);
    await webhooks.sendDue();
    expect(await listed()).toEqual(['delivered']);
  });

  it('is forgotten thirty days after it was delivered, and not before; what was given up is kept', async () => {
    const deliveredAt = time.now;
    await record(enrichment());
    await sendUntil('parked');
    time.now = deliveredAt + 30 * DAY;
    await webhooks.forgetDelivered();
    expect((await listed()).toSorted()).toEqual(['delivered', 'parked']);
    time.now += 1;
    await webhooks.forgetDelivered();
    expect([await listed(), await parkedInMetrics()]).toEqual([['parked'], 1]);
  });

  it('no longer waits once its webhook is removed, and no secret of it stays', async () => {
    expect(await webhooks.remove(linde, undefined)).toBe(true);
    expect(await test.database.withOrganisation(linde.id, (tx) => new WebhookTable(tx, sealing).openWebhook())).toBeUndefined();
  });
});
