import { castOf, createOperatorClient, createStoryContext, eventually, type Region, type StoryContext } from '@anw/region';
import { verifyWebhook, WEBHOOK_SIGNATURE_HEADER, WebhookEvent } from '@anw/notifications';
import type { PartnerAnswer, TestPartner } from '@anw/testing';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { readMetrics, valueOf } from './support/read-metrics.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const secret = 'day-team-secret-of-at-least-32-characters-qz7';
const Item = z.looseObject({ id: z.uuid(), resource: z.string(), patient: z.string(), provenance: z.looseObject({ agent: z.array(z.looseObject({ who: z.unknown() })) }), body: z.looseObject({ meta: z.looseObject({ tag: z.array(z.looseObject({ code: z.string() })) }) }) });
const List = z.object({ items: z.array(Item), next: z.string() });
const Deliveries = z.object({ deliveries: z.array(z.looseObject({ id: z.uuid(), state: z.string(), attempts: z.number(), lastFailure: z.string().optional() })) });

/** "What was written is marked as from ANW; the custodian's systems hear it, and can list what came in since a moment." */
describe('what came in from out-of-hours care', () => {
  let region: Region;
  let network: PartnerNetwork;
  let ecd: TestPartner;
  let story: StoryContext;
  let path: string;
  const answers: PartnerAnswer[] = [];
  const operator = () => createOperatorClient(region.file.services.custodian.operator);
  const hooks = () => ecd.requests.filter((request) => request.path === '/anw-hook');
  const put = (body: object) => fetch(`${region.file.services.custodian.operator}${path}/webhook`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'debug' });
    network = await openPartnerNetwork(region);
    ecd = await network.addPartner('ecd.localhost', 'ecd');
    ecd.answer = (request) => (request.path === '/anw-hook' ? (answers.shift() ?? { status: 204 }) : undefined);
    story = createStoryContext(region, region.file.patients[0]!);
    path = `/operator/organisations/${castOf(story).custodian.name}`;
    expect((await put({ url: new URL('/anw-hook', ecd.url).toString(), secret })).status).toBe(200);
    // The first two attempts fail, each in its own way.
    answers.push({ status: 500 }, { status: 302, headers: { location: `${ecd.url}/elsewhere` } });
    await playPart(story, { to: 'blood-pressure-written' });
  });
  afterAll(async () => {
    await network?.close();
    await region?.stop();
  });

  it('reaches the organisation’s own system by webhook, after what failed before, signed and with references only', async () => {
    await eventually('both writes are heard', async () => ((await operator().get(`${path}/webhook/deliveries?state=delivered`, Deliveries)).deliveries.length >= 2 ? true : undefined));
    const heard = hooks();
    expect(heard.length).toBeGreaterThanOrEqual(4);
    for (const { method, headers, body } of heard) {
      expect(method).toBe('POST');
      expect(verifyWebhook(String(headers[WEBHOOK_SIGNATURE_HEADER]), body, secret, new Date())).toBe(true);
      expect(verifyWebhook(String(headers[WEBHOOK_SIGNATURE_HEADER]), body, `${secret}x`, new Date())).toBe(false);
      const event = WebhookEvent.parse(JSON.parse(body));
      expect(event.data).toMatchObject({ patient: story.patient.id, resource: expect.stringMatching(/^Observation\//) as unknown });
      // The shape that it was read by has references only; no word of the record is in them either.
      expect(body).not.toMatch(/Bloeddruk|letsel|valueString|mm\[Hg\]/);
    }
    // A repeat is known by its id.
    expect(new Set(heard.map(({ body }) => (JSON.parse(body) as { id: string }).id)).size).toBe(2);
    expect(ecd.requests.some((request) => request.path === '/elsewhere')).toBe(false);
  });

  it('waits for nobody on a bus that is not there, and is not given up', async () => {
    const read = () => readMetrics(`${region.file.services.custodian.operator}/metrics`);
    const samples = await eventually('nothing is left in the outbox', async () => {
      const found = await read();
      return ['pending', 'awaiting_receipt', 'parked'].every((state) => valueOf(found, 'anw_outbox_messages', { state }) === 0) ? found : undefined;
    }, 10_000);
    expect(valueOf(samples, 'anw_webhook_parked', {})).toBe(0);
  });

  it('is listed since a moment and behind a place, each once, with author, organisation and regisseur', async () => {
    const { items, next } = await operator().get(`${path}/enriched`, List);
    expect(items.length).toBeGreaterThanOrEqual(2);
    const { actor, regisseur, nurse } = castOf(story);
    for (const { provenance, body, patient } of items) {
      expect(patient).toBe(story.patient.id);
      const told = JSON.stringify(provenance);
      for (const part of [nurse.employeeNumber, actor.did, regisseur.did]) expect(told).toContain(part);
      expect(body.meta.tag.map(({ code }) => code)).toEqual(['out-of-hours']);
    }
    expect((await operator().get(`${path}/enriched?after=${next}`, List)).items).toEqual([]);
    const pages: string[] = [];
    for (let after = '0', more = true; more; ) {
      const page = await operator().get(`${path}/enriched?after=${after}&limit=1`, List);
      pages.push(...page.items.map(({ id }) => id));
      [after, more] = [page.next, page.items.length > 0];
    }
    expect(pages).toEqual(items.map(({ id }) => id));
    expect((await operator().get(`${path}/enriched?since=${encodeURIComponent(new Date(Date.now() + 60_000).toISOString())}`, List)).items).toEqual([]);
  });

  it('is tested at will, and says what stood in the way', async () => {
    answers.push({ status: 503 });
    expect(await operator().post(`${path}/webhook/test`, {}, z.unknown())).toEqual({ delivered: false, failure: 'status 503' });
    expect(await operator().post(`${path}/webhook/test`, {}, z.unknown())).toEqual({ delivered: true });
  });

  it.each([
    ['plain HTTP', { url: 'http://ecd.localhost/hook', secret }],
    ['a password in the address', { url: 'https://user:word@ecd.localhost/hook', secret }],
    ['a secret that is short', { url: 'https://ecd.localhost/hook', secret: 'short' }],
    ['no secret', { url: 'https://ecd.localhost/hook' }],
  ])('is not sent to %s', async (_, body) => {
    const response = await put(body);
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('qz7');
  });

  it('is not sent into the network of the service itself', async () => {
    const other = `/operator/organisations/${region.file.organisations.find(({ service, name }) => service === 'custodian' && !path.endsWith(name))!.name}`;
    for (const url of ['https://127.0.0.1/hook', 'https://10.0.0.8/hook', 'https://[::1]/hook', 'https://169.254.169.254/latest']) {
      expect((await fetch(`${region.file.services.custodian.operator}${other}/webhook`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ url, secret }) })).status).toBe(200);
      expect(await operator().post(`${other}/webhook/test`, {}, z.looseObject({ delivered: z.boolean() }))).toMatchObject({ delivered: false });
    }
  });

  it('leaves the secret in no answer and no log', async () => {
    expect(JSON.stringify(await operator().get(`${path}/webhook`, z.unknown()))).not.toContain('qz7');
    const logs = join(dirname(region.filePath), 'logs');
    for (const file of await readdir(logs)) expect([file, (await readFile(join(logs, file), 'utf8')).includes(secret)]).toEqual([file, false]);
  });
});
