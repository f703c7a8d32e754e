import { type AuthorizationView, DeskEvent, type PractitionersOnDuty } from '@anw/api-contracts';
import { AuthorizationDelivery, createServerNonces, fetchWithToken, type ObtainedToken, requestAccessToken, type RequestWithHeaders } from '@anw/authorization';
import { createCredentialStatuses, createStatusEntries, issueDelegationCredential, issueOrganizationCredential, parseCredential, type ParsedCredential } from '@anw/credentials';
import { createDidWebResolver, createVerificationKeys, type Session } from '@anw/identity';
import { createEvent, createReceipt, NotificationEvent, signEvent } from '@anw/notifications';
import { createDocumentFetch, createOutbound, type Outbound } from '@anw/outbound';
import { type RunningService, StaffSessions, startService } from '@anw/platform';
import { type CertificateAuthority, type CertificatePair, createCertificateAuthority, createTestDatabase, freePort, startTestPartner, type TestDatabase, type TestPartner } from '@anw/testing';
import { ANW_PURPOSE_OF_USE, DidUrl, EmployeeIdentifier, OrganisationId, OrganisationName } from '@anw/values';
import { createHash, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { defineRegisseur } from './define-regisseur.js';

const handle = 'urn:uuid:0e5d6a52-9a0b-4f7e-8f0f-2f1d3c4b5a69';
const patient = { name: 'A. de Vries', birthDate: '1941-03-02', address: 'Dorpsstraat 1, Zutphen' };

describe('regisseur', () => {
  let directory: string;
  let database: TestDatabase;
  let authority: CertificateAuthority;
  let custodian: TestPartner;
  let actor: TestPartner;
  let otherActor: TestPartner;
  let service: RunningService;
  let regisseurId: OrganisationId;
  let shift: string;
  const outbounds: Outbound[] = [];
  const cookies: Record<string, string> = {};

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'anw-regisseur-'));
    [database, authority] = await Promise.all([createTestDatabase([]), createCertificateAuthority({ name: 'spec', validDays: 1 })]);
    custodian = await startTestPartner({ authority, host: 'custodian.localhost', name: 'de-linde', displayName: 'Thuiszorg De Linde' });
    actor = await startTestPartner({ authority, host: 'actor.localhost', name: 'wijkzorg-nacht', displayName: 'Wijkzorg Nacht' });
    otherActor = await startTestPartner({ authority, host: 'other.localhost', name: 'de-eik', displayName: 'Buurtzorg De Eik' });
    service = await startService(defineRegisseur(await environment()));
    await service.connected;
    await fillDesk();
  });

  afterAll(async () => {
    await service.stop();
    await Promise.all([custodian.stop(), actor.stop(), otherActor.stop(), ...outbounds.map((outbound) => outbound.close())]);
    await database.drop();
    await rm(directory, { recursive: true });
  });

  async function environment(): Promise<Record<string, string>> {
    const partnerPort = await freePort();
    const certificate = await authority.issue({ dnsNames: ['regisseur.localhost'], serverAuth: true, clientAuth: true, days: 1 });
    const files = { certificate: certificate.certificatePem, key: certificate.privateKeyPem, trust: authority.certificatePem };
    for (const [name, text] of Object.entries(files)) await writeFile(join(directory, name), text);
    return {
      PARTNER_PORT: String(partnerPort),
      PARTNER_HOST: '127.0.0.1',
      PARTNER_URL: `https://regisseur.localhost:${partnerPort}`,
      STAFF_PORT: '0',
      STAFF_HOST: '127.0.0.1',
      STAFF_URL: 'http://localhost',
      OPERATOR_PORT: '0',
      TLS_CERTIFICATE_FILE: join(directory, 'certificate'),
      TLS_PRIVATE_KEY_FILE: join(directory, 'key'),
      TLS_TRUST_FILE: join(directory, 'trust'),
      CLIENT_REVOCATION: 'soft',
      DATABASE_URL: database.url,
      DATABASE_OWNER_URL: database.ownerUrl,
      KEY_ENCRYPTION_KEY: Buffer.alloc(32, 7).toString('base64'),
      OIDC_ISSUER: 'http://127.0.0.1:1',
      OIDC_CLIENT_ID: 'regisseur',
      OIDC_CLIENT_SECRET: 'secret',
      OUTBOUND_INTERNAL_HOSTS: '*.localhost',
      STRICT_MODE: 'off',
      LOG_LEVEL: 'error',
    };
  }

  /** As the operator and the logins would: organisation, partners, a shift, people. */
  async function fillDesk(): Promise<void> {
    const added = await operator('POST', '/operator/organisations', { name: 'regie-oost', displayName: 'Regie Oost', city: 'Apeldoorn' });
    regisseurId = OrganisationId.parse((added.body as { did: string }).did.split(':').at(-1));
    await operator('POST', '/operator/organisations/regie-oost/partners', { did: custodian.did, name: 'Thuiszorg De Linde', role: 'custodian' });
    for (const { did, organisation } of [actor, otherActor]) await operator('POST', '/operator/organisations/regie-oost/partners', { did, name: organisation.displayName, role: 'actor' });
    const { body } = await operator('POST', '/operator/organisations/regie-oost/shifts', shiftOf(actor));
    shift = (body as { id: string }).id;
    await operator('POST', '/operator/organisations/regie-oost/shifts', { ...shiftOf(otherActor), practitioner: 'e-301', name: 'Ravi Ramdin' });
    for (const role of ['triagist', 'nurse']) cookies[role] = await logIn([role]);
    custodian.answer = ({ method, path, body: sent }) => {
      if (path === '/anw/de-linde/allowlist') return { status: 200, body: { regisseur: regisseurDid(), entries: [], delegation: delegationJwt } };
      if (path === '/anw/de-linde/precheck') return { status: 200, body: JSON.parse(sent).actor === actor.did ? { allowed: true } : { allowed: false, reason: 'not-allowed' } };
      if (path === '/anw/de-linde/patients/_search') return { status: 200, body: { patients: [{ handle, name: patient.name, birthDate: patient.birthDate }] } };
      return method === 'POST' && path === '/anw/de-linde/notifications' ? { status: 202 } : undefined;
    };
    actor.answer = ({ path }) => (path === '/anw/wijkzorg-nacht/notifications' ? { status: 202 } : undefined);
    delegationJwt = await issueDelegationCredential(custodian.signer, {
      id: DidUrl.parse(`${custodian.did}#${randomUUID()}`),
      regisseur: regisseurDid(),
      purposeOfUse: ANW_PURPOSE_OF_USE,
      actors: [actor.did, otherActor.did],
      period: { from: new Date(), until: new Date(Date.now() + 86_400_000) },
      status: createStatusEntries({ door: custodian.url, uuid: custodian.organisation.id }, { page: 1, index: 3 }),
    });
  }
  let delegationJwt: string;

  const regisseurDid = () => {
    const { port } = new URL(service.doors.partner.url);
    return `did:web:regisseur.localhost%3A${port}:iam:${regisseurId}` as TestPartner['did'];
  };
  const shiftOf = ({ did }: TestPartner) => ({
    actor: did,
    practitioner: 'e-10442',
    name: 'Noor de Wit',
    roleName: 'Verpleegkundige',
    period: { from: new Date(Date.now() - 3_600_000).toISOString(), until: new Date(Date.now() + 8 * 3_600_000).toISOString() },
  });

  async function logIn(roles: readonly string[]): Promise<string> {
    const secret = randomUUID().repeat(2);
    const now = new Date();
    const user: Session['user'] = {
      organisation: OrganisationName.parse('regie-oost'),
      organisationId: regisseurId,
      identifier: EmployeeIdentifier.parse('r-2001'),
      name: 'Tess van Rijn',
      roleName: 'Triagist',
      roles,
      assuranceLevel: 'low',
      authenticatedAt: now,
      means: 'employer-oidc',
    };
    const hash = createHash('sha256').update(secret).digest('hex');
    await service.core.get<StaffSessions>(StaffSessions).open({ hash, user, openedAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + 3_600_000) });
    return `anw-session=${secret}`;
  }

  interface Answered {
    readonly status: number;
    readonly body: unknown;
  }

  async function operator(method: string, path: string, body?: object): Promise<Answered> {
    return call(service.doors.operator.fastify, method, path, {}, body);
  }

  async function desk(method: string, path: string, body?: object, cookie = cookies['triagist']): Promise<Answered> {
    return call(service.doors.staff.fastify, method, path, { ...(cookie && { cookie }), origin: 'http://localhost' }, body);
  }

  async function call(door: RunningService['doors']['staff']['fastify'], method: string, path: string, headers: Record<string, string>, body?: object): Promise<Answered> {
    const answer = await door.inject({
      method: method as 'GET',
      url: path,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(method === 'POST' && { payload: JSON.stringify(body ?? {}) }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? undefined : (JSON.parse(answer.body) as unknown) };
  }

  const outboundOf = (certificate: CertificatePair) => {
    const outbound = createOutbound({ ca: authority.certificatePem, clientCertificate: certificate, allowedInternalHosts: ['*.localhost'], requireTls: true, timeoutMilliseconds: 5_000, maxResponseBytes: 1_000_000 });
    outbounds.push(outbound);
    return outbound.fetch;
  };

  const tokenFor = async (partner: TestPartner) => {
    const now = new Date();
    const credential = await issueOrganizationCredential(partner.signer, {
      id: DidUrl.parse(`${partner.did}#${randomUUID()}`),
      organisation: partner.did,
      name: partner.organisation.displayName,
      city: 'Zutphen',
      period: { from: now, until: new Date(now.getTime() + 600_000) },
    });
    const authorizationServer = `${service.doors.partner.url}/oauth2/regie-oost`;
    return requestAccessToken({ fetch: outboundOf(partner.certificate), signer: partner.signer, clientId: partner.organisation.issuer, clock: () => new Date(), authorizationServer, scope: 'anw-authorization', credentials: [credential] });
  };

  /** With the token as it is bound, over the connection of `by`. */
  const getWith = (token: Pick<ObtainedToken, 'accessToken' | 'proofKey'>, by: TestPartner, url: string) =>
    fetchWithToken<RequestWithHeaders, Response>(outboundOf(by.certificate), { token, serverNonces: createServerNonces(), clock: () => new Date() })(url, {});

  /** As a stranger would establish it now, with nothing remembered. */
  const statusOf = async (credential: ParsedCredential) => {
    const fetch = outboundOf(custodian.certificate);
    const keys = createVerificationKeys(createDidWebResolver({ fetchDocument: createDocumentFetch(fetch), clock: () => new Date() }));
    const statuses = createCredentialStatuses({ fetchList: async (url) => (await fetch(url)).text(), keys, clock: () => new Date() });
    return (await statuses.statusOf(credential)).status;
  };

  const careRequest = () => ({ id: randomUUID(), kind: 'unplanned', reportedBy: 'Dochter', description: 'Gevallen, kan niet opstaan.', urgency: 'urgent' });

  const order = async (change: object = {}) => {
    const request = careRequest();
    await desk('POST', '/api/care-requests', request);
    await desk('POST', `/api/care-requests/${request.id}/triage`, { outcome: 'out-of-hours-care' });
    const visitWindow = { from: new Date().toISOString(), until: new Date(Date.now() + 3_600_000).toISOString() };
    return { requestId: randomUUID(), careRequest: request.id, custodian: custodian.did, handle, patient, shift, visitWindow, ...change };
  };

  const issue = async (): Promise<AuthorizationView> => (await desk('POST', '/api/authorizations', await order())).body as AuthorizationView;

  const until = async <T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> => {
    for (let attempt = 0; attempt < 200; attempt += 1) {
      const found = await find();
      if (found !== undefined) return found;
      await sleep(25);
    }
    throw new Error('it did not happen within five seconds');
  };

  const notificationsAt = (partner: TestPartner): readonly NotificationEvent[] =>
    partner.requests.filter(({ path }) => path.endsWith('/notifications')).map(({ body }) => NotificationEvent.parse(JSON.parse(Buffer.from(body.split('.')[1] ?? '', 'base64url').toString())));

  const send = async (partner: TestPartner, event: NotificationEvent) => {
    const jws = await signEvent(event, partner.signer);
    return outboundOf(partner.certificate)(`${service.doors.partner.url}/anw/regie-oost/notifications`, { method: 'POST', headers: { 'content-type': 'application/jose' }, body: jws });
  };

  describe('staff door', () => {
    const routes: readonly (readonly [string, string])[] = [
      ['POST', '/api/care-requests'],
      ['GET', '/api/care-requests'],
      ['POST', `/api/care-requests/${randomUUID()}/triage`],
      ['POST', '/api/patients/search'],
      ['GET', '/api/practitioners/on-duty'],
      ['POST', '/api/precheck'],
      ['POST', '/api/authorizations'],
      ['GET', '/api/authorizations'],
      ['GET', `/api/authorizations/${randomUUID()}`],
      ['POST', `/api/authorizations/${randomUUID()}/revoke`],
      ['GET', '/api/events'],
    ];

    it.each(routes)('%s %s wants a login', async (method, path) => expect((await desk(method, path, {}, 'anw-session=unknown')).status).toBe(401));
    it.each(routes)('%s %s is for triagists', async (method, path) => expect((await desk(method, path, {}, cookies['nurse'])).status).toBe(403));

    it.each(routes)('%s %s is not at the other doors', async (method, path) => {
      for (const door of [service.doors.partner, service.doors.operator]) expect((await call(door.fastify, method, path, {})).status).toBe(404);
    });
  });

  describe('desk', () => {
    it('records a care request, and recording it twice changes nothing', async () => {
      const request = careRequest();
      const first = await desk('POST', '/api/care-requests', request);
      expect(first).toMatchObject({ status: 201, body: request });
      expect(await desk('POST', '/api/care-requests', request)).toEqual(first);
      expect(await desk('POST', '/api/care-requests', { ...request, urgency: 'soon' })).toMatchObject({ status: 409, body: { code: 'care-request-id-reused' } });
    });

    it('finds a patient at the custodians, with a handle and nothing more', async () => {
      const { status, body } = await desk('POST', '/api/patients/search', { familyName: 'Vries', birthDate: patient.birthDate });
      expect({ status, body }).toEqual({
        status: 200,
        body: { patients: [{ handle, name: patient.name, birthDate: patient.birthDate, custodian: { did: custodian.did, name: 'Thuiszorg De Linde' } }], unanswered: [] },
      });
    });

    it('shows who is on duty', async () => {
      const { body } = await desk('GET', '/api/practitioners/on-duty');
      expect((body as PractitionersOnDuty).practitioners).toContainEqual(
        expect.objectContaining({ shift, identifier: 'e-10442', name: 'Noor de Wit', actor: { did: actor.did, name: 'Wijkzorg Nacht' } }),
      );
    });

    it('shows green for an actor that the custodian allows, red in Dutch for one that it does not', async () => {
      expect(await desk('POST', '/api/precheck', { custodian: custodian.did, handle, actor: actor.did })).toEqual({ status: 200, body: { light: 'green' } });
      expect(await desk('POST', '/api/precheck', { custodian: custodian.did, handle, actor: otherActor.did })).toMatchObject({
        body: { light: 'red', reason: expect.stringContaining('staat deze inzet voor deze cliënt niet toe') },
      });
    });

    it('issues an authorization once, however often it is asked', async () => {
      const asked = await order();
      const [first, second] = await Promise.all([desk('POST', '/api/authorizations', asked), desk('POST', '/api/authorizations', asked)]);
      expect(first).toMatchObject({ status: 201, body: { state: 'valid', actor: { did: actor.did }, practitioner: { identifier: 'e-10442' } } });
      expect((second.body as AuthorizationView).id).toBe((first.body as AuthorizationView).id);
    });

    it('issues nothing on a red light', async () => {
      const shifts = (await desk('GET', '/api/practitioners/on-duty')).body as PractitionersOnDuty;
      const other = shifts.practitioners.find(({ actor: { did } }) => did === otherActor.did);
      expect(await desk('POST', '/api/authorizations', await order({ shift: other?.shift }))).toMatchObject({ status: 422, body: { code: 'not-allowed' } });
    });

    it('says in its own dialect what is missing in an order', async () => {
      const { status, body } = await desk('POST', '/api/authorizations', { ...(await order()), handle: '999990019' });
      expect({ status, body }).toMatchObject({ status: 400, body: { type: 'urn:anw:problem:invalid-request', errors: [{ pointer: '/handle' }] } });
    });
  });

  describe('authorization on its way', () => {
    it('is offered to the actor, pulled with its context, received and opened, and the desk hears of each step', async () => {
      const events: DeskEvent[] = [];
      const listening = new AbortController();
      const { port } = service.doors.staff.fastify.server.address() as { port: number };
      const stream = await fetch(`http://127.0.0.1:${port}/api/events`, { headers: { cookie: cookies['triagist'] ?? '' }, signal: listening.signal });
      void collect(stream, events).catch(() => undefined);

      const issued = await issue();
      const offered = await until(() => notificationsAt(actor).find(({ subject }) => subject === issued.credential));
      expect(offered).toMatchObject({ type: 'nl.anw.authorization.offered.v1', source: regisseurDid(), data: { recipient: actor.did } });

      const pulled = await getWith(await tokenFor(actor), actor, offered.data.href ?? '');
      expect(pulled.status).toBe(200);
      const { context } = AuthorizationDelivery.parse(await pulled.json());
      expect(context).toMatchObject({ note: 'Gevallen, kan niet opstaan.', urgency: 'urgent', kind: 'unplanned', regisseurName: expect.any(String) as string, patient, custodian: { did: custodian.did, name: 'Thuiszorg De Linde' } });

      expect((await send(actor, createReceipt(offered, { now: new Date() }))).status).toBe(202);
      const told = () => events.flatMap((event) => (event.type === 'authorization' && event.authorization.id === issued.id ? [event.authorization] : []));
      const shown = (delivery: string) => until(() => told().find((authorization) => authorization.delivery === delivery));
      await shown('received');
      const opened = createEvent({ type: 'nl.anw.authorization.opened.v1', source: actor.did, recipient: regisseurDid(), subject: issued.credential }, { now: new Date() });
      expect((await send(actor, opened)).status).toBe(202);
      await shown('opened');
      const reported = createEvent({ type: 'nl.anw.authorization.reported.v1', source: custodian.did, recipient: regisseurDid(), subject: issued.credential }, { now: new Date() });
      expect((await send(custodian, reported)).status).toBe(202);
      await shown('reported');
      expect(told().map(({ delivery }) => delivery)).toEqual(['pending', 'received', 'opened', 'reported']);
      listening.abort();
    });

    it('is revoked at both status lists, actor and custodian are told, and it is handed over no more', async () => {
      const issued = await issue();
      const token = await tokenFor(actor);
      const pull = () => getWith(token, actor, `${service.doors.partner.url}/anw/regie-oost/authorizations/${issued.id}`);
      const credential = parseCredential(AuthorizationDelivery.parse(await (await pull()).json()).credential);
      expect(await statusOf(credential)).toBe('valid');

      expect(await desk('POST', `/api/authorizations/${issued.id}/revoke`)).toMatchObject({ status: 200, body: { state: 'revoked' } });
      expect(await statusOf(credential)).toBe('revoked');
      expect(credential.status).toHaveLength(2);
      for (const entry of credential.status) expect(await statusOf({ ...credential, status: [entry] })).toBe('revoked');
      for (const partner of [actor, custodian]) {
        await until(() => notificationsAt(partner).find(({ type, subject }) => type === 'nl.anw.authorization.revoked.v1' && subject === issued.credential));
      }
      expect((await pull()).status).toBe(404);
    });
  });

  describe('partner door refuses to hand over an authorization', () => {
    const pull = async (id: string, token: Pick<ObtainedToken, 'accessToken' | 'proofKey'> | undefined, by: TestPartner) => {
      const url = `${service.doors.partner.url}/anw/regie-oost/authorizations/${id}`;
      return (await (token === undefined ? outboundOf(by.certificate)(url) : getWith(token, by, url))).status;
    };

    it('without a token', async () => expect(await pull((await issue()).id, undefined, actor)).toBe(401));
    it('with a token that nobody gave', async () => expect(await pull((await issue()).id, { accessToken: 'A'.repeat(43) }, actor)).toBe(401));

    it('with the token of another system', async () => {
      const { id } = await issue();
      expect(await pull(id, await tokenFor(actor), otherActor)).toBe(401);
    });

    it('with a token that was stolen, without the key that it is bound to', async () => {
      const { id } = await issue();
      const { accessToken } = await tokenFor(actor);
      expect(await pull(id, { accessToken }, actor)).toBe(401);
      expect(await pull(id, { accessToken, proofKey: otherActor.signer }, actor)).toBe(401);
    });

    it('that does not exist', async () => {
      await issue();
      expect(await pull(randomUUID(), await tokenFor(actor), actor)).toBe(404);
    });

    it('to an organisation that was never sent, which gets no token at all', async () => {
      await expect(tokenFor(otherActor)).rejects.toMatchObject({ name: 'TokenClientError', code: 'refused' });
    });

    it('and each refusal is a row in the log', async () => {
      await pull((await issue()).id, undefined, actor);
      const rows = await database.database.withOrganisation(regisseurId, (tx) => tx.query<{ name: string }>("SELECT name FROM audit_event WHERE organisation_id = $1 AND name = 'request.refused'", [regisseurId]));
      expect(rows.length).toBeGreaterThan(0);
    });
  });

  describe('operator door', () => {
    it('adds a shift once when it is sent twice, and refuses another under the same id', async () => {
      const sent = { ...shiftOf(actor), id: randomUUID() };
      const path = '/operator/organisations/regie-oost/shifts';
      expect((await operator('POST', path, sent)).status).toBe(201);
      expect((await operator('POST', path, sent)).status).toBe(201);
      expect((await operator('POST', path, { ...sent, name: 'Iemand anders' })).status).toBe(409);
    });

    it.each<[string, object]>([
      ['lasts longer than a day', { period: { from: '2026-01-01T00:00:00Z', until: '2026-01-02T00:00:01Z' } }],
      ['is of an organisation that is no partner', { actor: 'did:web:elsewhere.example:iam:1' }],
    ])('refuses a shift that %s', async (_why, change) => {
      expect((await operator('POST', '/operator/organisations/regie-oost/shifts', { ...shiftOf(actor), ...change })).status).toBe(422);
    });

    it('knows no partners of an organisation that is not here', async () => expect((await operator('GET', '/operator/organisations/elders/partners')).status).toBe(404));

    it('is ready', async () => expect((await operator('GET', '/health/ready')).body).toMatchObject({ ready: true }));
  });
});

/** Reads the events of a stream as they come. */
async function collect(stream: Response, events: DeskEvent[]): Promise<void> {
  let text = '';
  for await (const chunk of stream.body as unknown as AsyncIterable<Uint8Array>) {
    text += Buffer.from(chunk).toString();
    const messages = text.split('\n\n');
    text = messages.pop() ?? '';
    for (const message of messages) {
      const data = /^data: (.*)$/m.exec(message)?.[1];
      if (data !== undefined) events.push(DeskEvent.parse(JSON.parse(data)));
    }
  }
}
