import { AuthorizationList, type TriageVisitView } from '@anw/api-contracts';
import { verifyWebhook, VisitEvent, WEBHOOK_SIGNATURE_HEADER } from '@anw/notifications';
import { ask, createOperatorClient, createStoryContext, eventually, type Region, type StaffSession } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as oauth from 'oauth4webapi';
import { z } from 'zod';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { queryDatabase } from './support/query-database.js';
import { readMetrics, valueOf } from './support/read-metrics.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { readWalkThrough } from './support/walk-through.js';

const secret = 'webhook-secret-of-at-least-32-characters-u8w';
const REGIE = '/operator/organisations/regie-oost';
const Deliveries = z.looseObject({ deliveries: z.array(z.looseObject({ visit: z.uuid(), state: z.string() })) });
const Retried = z.looseObject({ retried: z.int() });
const Secret = z.looseObject({ secret: z.string() });

/** "A triage system without this bolt starts an authorization by API: documented, client credentials, idempotent, with a webhook for the state." */
describe('a triage system without this bolt (docs/triage-api.md)', () => {
  let region: Region;
  let network: PartnerNetwork;
  let vendor: TestPartner;
  let desk: StaffSession;
  const partner = () => region.file.services.regisseur.partner;
  const operator = () => createOperatorClient(region.file.services.regisseur.operator);
  const client = () => region.file.patients.find(({ custodian }) => custodian === 'de-linde')!;
  const another = () => region.file.patients.filter(({ custodian }) => custodian === 'de-linde')[1]!;
  const heard = (visit: string) => vendor.requests.filter(({ path, body }) => path === '/anw-visits' && body.includes(visit)).map(({ body }) => VisitEvent.parse(JSON.parse(body)));
  const window = () => ({ from: new Date().toISOString(), until: new Date(Date.now() + 2 * 3_600_000).toISOString() });

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
    network = await openPartnerNetwork(region);
    vendor = await network.addPartner('triage.localhost', 'triage');
    vendor.answer = ({ path }) => (path === '/anw-visits' ? { status: 204 } : undefined);
    desk = await createStoryContext(region, client()).sessionOf('tess');
  });
  afterAll(async () => {
    await network?.close();
    await region?.stop();
  });

  it('goes from nothing to a visit and back by the commands of the page, and hears of each step', async () => {
    const directory = await mkdtemp(join(tmpdir(), 'triage-api-'));
    const { from, until } = window();
    const environment = {
      PATH: process.env['PATH'],
      OPERATOR_URL: region.file.services.regisseur.operator,
      PARTNER_URL: partner(),
      CA_FILE: region.file.authority.certificate,
      REGISSEUR: 'regie-oost',
      WEBHOOK_URL: new URL('/anw-visits', vendor.url).toString(),
      WEBHOOK_SECRET: secret,
      FAMILY_NAME: client().familyName,
      BIRTH_DATE: client().birthDate,
      WINDOW_FROM: from,
      WINDOW_UNTIL: until,
    };
    try {
      const { stdout } = await promisify(execFile)('bash', ['-euc', await readWalkThrough('triage-api.md')], { cwd: directory, env: environment });
      expect(stdout.trim().split('\n').at(-1)).toBe('revoked');
      const visit = JSON.parse(await readFile(join(directory, 'visit.json'), 'utf8')) as TriageVisitView;
      expect(visit).toMatchObject({ state: 'sent', practitioner: { name: expect.any(String) as string }, custodian: { name: 'Thuiszorg De Linde' }, alarm: false });
      expect(JSON.stringify(visit)).not.toMatch(new RegExp(`${client().familyName}|${client().birthDate}|${client().bsn}`));
      const events = await eventually('the webhook hears that it was revoked', async () => (heard(visit.id).some(({ data }) => data.state === 'revoked') ? heard(visit.id) : undefined));
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      const [request] = vendor.requests.filter(({ path }) => path === '/anw-visits');
      expect(verifyWebhook(String(request!.headers[WEBHOOK_SIGNATURE_HEADER]), request!.body, secret, new Date())).toBe(true);
      const { authorizations } = await ask(desk, { method: 'GET', path: '/api/authorizations', answer: AuthorizationList });
      expect(authorizations.filter(({ careRequest }) => careRequest === visit.id)).toMatchObject([{ state: 'revoked', issuedBy: 'triage:ons-triagesysteem', revokeReason: 'Cliënt is door de buren geholpen.' }]);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  });

  describe('by the hand of another (oauth4webapi)', () => {
    let token: string;
    const system = 'vreemd-systeem';
    const outside = () => network.connect();
    const call = async (path: string, { method = 'GET', key, body, bearer = token }: { method?: string; key?: string; body?: object; bearer?: string } = {}) => {
      const response = await outside()(`${partner()}/triage/regie-oost${path}`, {
        method: method as 'GET' | 'POST',
        headers: { authorization: `Bearer ${bearer}`, ...(key !== undefined && { 'idempotency-key': key }), ...(body && { 'content-type': 'application/json' }) },
        ...(body && { body: JSON.stringify(body) }),
      });
      return { status: response.status, body: JSON.parse((await response.text()) || '{}') as TriageVisitView & { code?: string } };
    };
    const order = (change: object = {}) => ({
      careRequest: { kind: 'unplanned', reportedBy: 'Vreemd Systeem', description: 'Katheter loopt niet af.', urgency: 'soon' },
      patient: { bsn: another().bsn },
      visitWindow: ordered,
      ...change,
    });
    let ordered: { from: string; until: string };

    beforeAll(async () => {
      ordered = window();
      const { secret: clientSecret } = await operator().post(`${REGIE}/triage-systems`, { id: system, name: 'Vreemd Systeem', webhook: { url: new URL('/anw-visits', vendor.url).toString(), secret } }, Secret);
      const issuer = new URL(`${partner()}/oauth2/regie-oost/triage`);
      const fetch = outside();
      const options = { [oauth.customFetch]: (url: string, { method, headers, body }: oauth.CustomFetchOptions<string, unknown>) => fetch(url, { method, headers, body: (body as URLSearchParams | undefined) ?? null }) };
      const as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', ...options }));
      const granted = await oauth.clientCredentialsGrantRequest(as, { client_id: system }, oauth.ClientSecretBasic(clientSecret), {}, options);
      ({ access_token: token } = await oauth.processClientCredentialsResponse(as, { client_id: system }, granted));
    });

    it('sends once for one key, however many ask at the same moment, and says no to the key with another body', async () => {
      const key = randomUUID();
      const answers = await Promise.all(Array.from({ length: 6 }, () => call('/visits', { method: 'POST', key, body: order() })));
      expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(201));
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      const { authorizations } = await ask(desk, { method: 'GET', path: '/api/authorizations', answer: AuthorizationList });
      expect(authorizations.filter(({ careRequest }) => careRequest === answers[0]!.body.id)).toHaveLength(1);
      expect(await call('/visits', { method: 'POST', key, body: order({ address: 'Elders 1' }) })).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused' } });
      expect(await call(`/visits/${answers[0]!.body.id}`)).toMatchObject({ status: 200, body: { id: answers[0]!.body.id } });
    });

    it('is refused by the same rules as the desk, and told which', async () => {
      const refused = (change: object) => call('/visits', { method: 'POST', key: randomUUID(), body: order(change) });
      expect(await refused({ patient: { familyName: 'Nergensbekend', birthDate: '1950-01-01' } })).toMatchObject({ status: 422, body: { code: 'patient-unknown' } });
      expect(await refused({ practitioner: { actor: region.file.organisations.find(({ name }) => name === 'de-eik')!.did, identifier: 'e-0' } })).toMatchObject({ status: 422, body: { code: 'nobody-to-send' } });
      const vecht = region.file.patients.find(({ custodian }) => custodian === 'vecht')!;
      expect(await refused({ patient: { bsn: vecht.bsn }, practitioner: { actor: region.file.organisations.find(({ name }) => name === 'de-eik')!.did, identifier: 'e-301' } })).toMatchObject({ status: 422, body: { code: 'actor-not-listed', repairBy: 'custodian' } });
      expect((await call('/visits', { method: 'POST', body: order() })).status).toBe(400);
      expect((await call('/visits', { method: 'POST', key: randomUUID(), body: order({ bsn: another().bsn }) })).status).toBe(400);
    });

    it('sees its own visits only, and nothing without a token that holds', async () => {
      const { secret: otherSecret } = await operator().post(`${REGIE}/triage-systems`, { id: 'ander-systeem', name: 'Ander Systeem' }, Secret);
      const granted = await outside()(`${partner()}/oauth2/regie-oost/triage/token`, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: `Basic ${Buffer.from(`ander-systeem:${otherSecret}`).toString('base64')}` }, body: 'grant_type=client_credentials' });
      const { access_token: other } = JSON.parse(await granted.text()) as { access_token: string };
      const visit = (await call('/visits', { method: 'POST', key: randomUUID(), body: order() })).body.id;
      expect((await call(`/visits/${visit}`, { bearer: other })).status).toBe(404);
      expect((await call(`/visits/${visit}/revoke`, { method: 'POST', bearer: other, body: {} })).status).toBe(404);
      await operator().delete(`${REGIE}/triage-systems/ander-systeem`);
      expect((await call(`/visits/${visit}`, { bearer: other })).status).toBe(401);
      expect((await call(`/visits/${visit}`, { bearer: 'x'.repeat(43) })).status).toBe(401);
    });

    it('is told again what its webhook would not take, when an operator says so, and hears the newest state', async () => {
      const path = `${REGIE}/triage-systems/${system}/deliveries`;
      const parked = async () => (await operator().get(`${path}?state=parked`, Deliveries)).deliveries;
      const { id } = (await call('/visits', { method: 'POST', key: randomUUID(), body: order() })).body;
      await eventually('its webhook hears of the visit', async () => heard(id).length > 0 || undefined);
      vendor.answer = ({ path: asked }) => (asked === '/anw-visits' ? { status: 500 } : undefined);
      // All but the last of its attempts have been made.
      await queryDatabase(region, 'regisseur', 'UPDATE triage_order SET told = NULL, attempts = 29, look_at = now() WHERE id = $1', [id]);
      expect(await eventually('it is given up', async () => ((await parked()).length > 0 ? parked() : undefined))).toMatchObject([{ visit: id, attempts: 30, lastFailure: 'status 500' }]);
      expect(valueOf(await readMetrics(`${region.file.services.regisseur.operator}/metrics`), 'anw_webhook_parked', {})).toBe(1);

      vendor.answer = ({ path: asked }) => (asked === '/anw-visits' ? { status: 204 } : undefined);
      await call(`/visits/${id}/revoke`, { method: 'POST', body: {} });
      expect(await operator().post(`${path}/retry`, {}, Retried)).toEqual({ retried: 1 });
      await eventually('the newest state is heard', async () => heard(id).at(-1)?.data.state === 'revoked' || undefined);
      await eventually('nothing comes after it', async () => (await operator().get(`${path}?state=finished`, Deliveries)).deliveries.some(({ visit }) => visit === id) || undefined);
      expect(await parked()).toEqual([]);
      await expect(operator().get(`${REGIE}/triage-systems/nobody/deliveries`, Deliveries)).rejects.toThrow('404');
    });
  });
});
