import { dpopAlgorithms } from '@anw/authorization';
import { ANW_ACCESS_SCOPE } from '@anw/credentials';
import { createEvent, NOTIFICATION_MEDIA_TYPE, signEvent } from '@anw/notifications';
import type { OutboundFetch } from '@anw/outbound';
import type { Region } from '@anw/region';
import { createCertificateAuthority } from '@anw/testing';
import { DidUrl, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import * as oauth from 'oauth4webapi';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { serveStatusPage } from './support/status-page.js';
import { authorizationOf, employeeOf, hoursFromNow, newId } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, fetchDelegation, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken, type RequestChange, requestToken, tokenForm } from './support/token-request.js';

const uuid = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const requesterRefused = 'The requesting system or its user is not accepted.';
const notAuthorized = 'The request is not authorized.';

describe('the eight checks of a custodian, met by strangers at its doors', () => {
  let region: Region;
  let network: PartnerNetwork;
  let linde: AskedCustodian;
  let vecht: AskedCustodian;
  let strangers: Strangers;

  beforeAll(async () => {
    region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
    network = await openPartnerNetwork(region);
    [linde, vecht] = [custodianNamed(region, 'de-linde'), custodianNamed(region, 'vecht')];
    strangers = await introduceStrangers(network, linde);
  }, 120_000);

  afterAll(async () => {
    await network?.close();
    await region?.stop();
  }, 60_000);

  const newStrangers = (): Promise<Strangers> => introduceStrangers(network, linde);

  describe('a request that passes all eight', () => {
    it('gets a token for one patient, for five minutes at most, that nobody on the way may keep', async () => {
      const { status, headers, body } = await requestToken(strangers);
      expect([status, headers.get('cache-control'), headers.get('pragma'), headers.get('content-type')]).toEqual([200, 'no-store', 'no-cache', 'application/json']);
      expect(body).toEqual({ access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), token_type: 'Bearer', expires_in: expect.any(Number), scope: ANW_ACCESS_SCOPE, patient: linde.patient });
      expect(body['expires_in']).toBeGreaterThan(290);
      expect(body['expires_in']).toBeLessThanOrEqual(300);
    });

    it('leaves a decision record of eight times yes, and a log row that leads to it', async () => {
      const authorization = newId(strangers.regisseur.did);
      await obtainToken(strangers, { authorization: await authorizationOf(strangers, { id: authorization }) });
      const row = await linde.operator.grantOf(authorization);
      expect(row).toMatchObject({ name: 'token.granted', outcome: 'success', actor: strangers.actor.did, requestingSystem: 'stranger-actor.localhost', reference: uuid });
      const decision = await linde.operator.decision(String(row.reference));
      expect(decision).toMatchObject({ outcome: 'granted', scope: ANW_ACCESS_SCOPE, actor: strangers.actor.did, regisseur: strangers.regisseur.did, authorization });
      expect(decision.verdicts.map(({ check, verdict }) => [check, verdict])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((check) => [check, 'granted']));
    });

    it('opens the record: a FHIR search answers with the patient’s blood pressures', async () => {
      const { status, body } = await askFhir(strangers, await obtainToken(strangers), bloodPressuresOf(linde.patient));
      expect([status, body['resourceType'], body['type']]).toEqual([200, 'Bundle', 'searchset']);
      expect((body['entry'] as readonly unknown[]).length).toBeGreaterThan(0);
    });

    it('gets a token that lives no longer than the authorization', async () => {
      const { body } = await requestToken(strangers, { authorization: await authorizationOf(strangers, { period: hoursFromNow(-1, 60 / 3600) }) });
      expect(body['expires_in']).toBeGreaterThan(0);
      expect(body['expires_in']).toBeLessThanOrEqual(60);
    });

    it('names its nurse, or leaves it to the actor who comes', async () => {
      const anybody = { authorization: await authorizationOf(strangers, { practitioner: undefined }), employee: await employeeOf(strangers.actor, { user: { identifier: EmployeeIdentifier.parse('e-78') } }) };
      expect((await requestToken(strangers, anybody)).status).toBe(200);
    });
  });

  /** One fact that differs, the check that notices, and every check that does not grant, for an earlier one may leave a later one without input. */
  interface Refusal {
    readonly when: string;
    readonly reason: string;
    readonly notGranted?: readonly number[];
    change(strangers: Strangers): Promise<RequestChange>;
  }

  const withAuthorization = (change: Parameters<typeof authorizationOf>[1]) => async (asking: Strangers) => ({ authorization: await authorizationOf(asking, change) });

  const refusals: Readonly<Record<number, readonly Refusal[]>> = {
    1: [
      { when: 'the system shows no client certificate', reason: 'no-client-certificate', change: async () => ({ fetch: network.connect() }) },
      {
        when: 'its certificate is of an authority that the region does not trust',
        reason: 'certificate-not-trusted',
        change: async () => {
          const elsewhere = await createCertificateAuthority({ name: 'Elsewhere', validDays: 1 });
          return { fetch: network.connect(await elsewhere.issue({ dnsNames: ['stranger-actor.localhost'], clientAuth: true, days: 1 })) };
        },
      },
      {
        when: 'its certificate has expired',
        reason: 'certificate-not-trusted',
        change: async () => ({ fetch: network.connect(await network.authority.issue({ dnsNames: ['stranger-actor.localhost'], clientAuth: true, days: -1 })) }),
      },
    ],
    2: [
      {
        when: 'its certificate is of a host that the actor does not name',
        reason: 'system-not-processor-of-actor',
        change: async () => ({ fetch: network.connect(await network.authority.issue({ dnsNames: ['elsewhere.localhost'], clientAuth: true, days: 1 })) }),
      },
    ],
    3: [
      { when: 'nobody is named', reason: 'employee-missing', notGranted: [3, 4, 5], change: async () => ({ employee: null }) },
      { when: 'she logged in for an earlier shift', reason: 'employee-stale', change: async ({ actor }) => ({ employee: await employeeOf(actor, { user: { authenticatedAt: hoursFromNow(-13, 0).from } }) }) },
      { when: 'what her employer signed for her is over', reason: 'employee-stale', change: async ({ actor }) => ({ employee: await employeeOf(actor, { period: hoursFromNow(-2, -1) }) }) },
      { when: 'what her employer signed for her has not begun', reason: 'employee-stale', change: async ({ actor }) => ({ employee: await employeeOf(actor, { period: hoursFromNow(1, 2) }) }) },
    ],
    4: [
      {
        when: 'another organisation vouches for her',
        reason: 'employee-of-another-organisation',
        change: async ({ actor, regisseur }) => ({ employee: await employeeOf(regisseur, { employer: actor.did }) }),
      },
    ],
    5: [
      { when: 'there is no authorization', reason: 'authorization-missing', notGranted: [5, 6, 7, 8], change: async () => ({ authorization: null }) },
      { when: 'the authorization is for another custodian', reason: 'authorization-for-another-custodian', change: (asking) => withAuthorization({ custodian: vecht.did })(asking) },
      { when: 'the authorization names another nurse', reason: 'authorization-for-another-practitioner', change: withAuthorization({ practitioner: EmployeeIdentifier.parse('e-78') }) },
      { when: 'the authorization is for another purpose', reason: 'authorization-for-another-purpose', change: withAuthorization({ purposeOfUse: 'zorginzage' }) },
    ],
    6: [
      { when: 'the shift has ended', reason: 'authorization-expired', change: (asking) => withAuthorization({ period: hoursFromNow(-8, -1 / 3600) })(asking) },
      { when: 'the shift ended hours ago', reason: 'authorization-expired', change: withAuthorization({ period: hoursFromNow(-16, -8) }) },
      { when: 'the shift is still to begin', reason: 'authorization-not-yet-valid', change: withAuthorization({ period: hoursFromNow(1, 9) }) },
      { when: 'it lasts more than 24 hours', reason: 'authorization-too-long', change: withAuthorization({ period: hoursFromNow(-1, 24) }) },
      {
        when: 'the regisseur’s status list says that it was revoked',
        reason: 'authorization-revoked',
        change: async (asking) => {
          const page = serveStatusPage(asking.regisseur, 2);
          page.revoke(12);
          return withAuthorization({ status: page.entriesAt(12) })(asking);
        },
      },
      {
        when: 'only the second of its two status lists says so',
        reason: 'authorization-revoked',
        change: async (asking) => {
          const [valid, other] = [serveStatusPage(asking.regisseur, 3), serveStatusPage(asking.regisseur, 4)];
          other.revoke(9);
          return withAuthorization({ status: [valid.entriesAt(9)[0]!, other.entriesAt(9)[1]!] })(asking);
        },
      },
      { when: 'its status list cannot be had', reason: 'authorization-status-unknown', change: async (asking) => withAuthorization({ status: serveStatusPage(asking.actor, 99).entriesAt(1) })(asking) },
      { when: 'it has no status at all', reason: 'authorization-status-unknown', change: withAuthorization({ status: [] }) },
    ],
    7: [
      {
        when: 'the custodian has ended the row for this regisseur and this actor',
        reason: 'regisseur-not-on-allowlist',
        change: async ({ row }) => (await linde.operator.endRow(row), {}),
      },
      {
        when: 'the authorization names the delegation of another regisseur',
        reason: 'delegation-of-another-regisseur',
        change: async (asking) => {
          const other = await network.addPartner('other-regisseur.localhost', 'regie-noord');
          await linde.operator.allow(other.did, asking.actor.did);
          return withAuthorization({ delegation: await fetchDelegation(network, linde, other) })(asking);
        },
      },
      { when: 'the authorization names a delegation that the custodian never gave', reason: 'delegation-unknown', change: async (asking) => withAuthorization({ delegation: DidUrl.parse(`${linde.did}#${randomUUID()}`) })(asking) },
    ],
    8: [
      {
        when: 'the handle was minted for another regisseur',
        reason: 'patient-handle-of-another-regisseur',
        change: async (asking) => withAuthorization({ handle: PatientHandle.parse(region.file.patients.find(({ id }) => id === linde.patient)?.handle) })(asking),
      },
      { when: 'nobody minted the handle', reason: 'patient-handle-unknown', change: withAuthorization({ handle: PatientHandle.parse(`urn:uuid:${randomUUID()}`) }) },
      {
        when: 'the patient no longer receives out-of-hours care through this regisseur',
        reason: 'patient-not-enrolled',
        change: async ({ enrolment }) => (await linde.operator.endEnrolment(enrolment), {}),
      },
    ],
  };

  describe.each(Object.entries(refusals).map(([check, list]) => [Number(check), list] as const))('check %i', (check, list) => {
    it.each(list.map((refusal) => [refusal.when, refusal] as const))('refuses when %s', async (_when, { reason, notGranted = [check], change }) => {
      const asking = await newStrangers();
      const { status, headers, body } = await requestToken(asking, await change(asking));

      // Outside: a sentence that says nothing of the patient, and a reference.
      expect([status, headers.get('cache-control'), headers.get('pragma'), headers.get('content-type')]).toEqual([400, 'no-store', 'no-cache', 'application/json']);
      expect(body).toEqual({ error: 'invalid_request', error_description: check <= 4 ? requesterRefused : notAuthorized, reference: uuid });

      // Inside, under that reference: all eight verdicts, and the first that said no.
      const decision = await linde.operator.decision(String(body['reference']));
      expect(decision).toMatchObject({ outcome: 'denied', failure: check <= 4 ? 'requester-refused' : 'authorization-refused', actor: asking.actor.did });
      expect(decision.verdicts.map((verdict) => verdict.check)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
      expect(decision.verdicts.filter(({ verdict }) => verdict !== 'granted').map((verdict) => verdict.check)).toEqual(notGranted);
      expect(decision.verdicts[check - 1]).toMatchObject({ verdict: 'denied', reason, repair: expect.stringMatching(/\.$/) });

      expect(await linde.operator.logRows(String(body['reference']))).toEqual([
        expect.objectContaining({ name: 'token.refused', outcome: 'serious-failure', reason: `check ${check}: ${reason}`, actor: asking.actor.did, reference: body['reference'] }),
      ]);
    });
  });

  describe('checks 5 to 8 at every FHIR request', () => {
    /** A token in hand, with which the record has been read. */
    async function tokenInUse(asking: Strangers, change: RequestChange = {}): Promise<string> {
      const token = await obtainToken(asking, change);
      expect((await askFhir(asking, token, bloodPressuresOf(linde.patient))).status).toBe(200);
      return token;
    }

    async function expectRefused(asking: Strangers, token: string, check: number, reason: string): Promise<void> {
      const { status, headers, body } = await askFhir(asking, token, bloodPressuresOf(linde.patient));
      expect([status, headers.get('cache-control')]).toEqual([403, 'no-store']);
      expect(body).toEqual({ resourceType: 'OperationOutcome', id: uuid, issue: [{ severity: 'error', code: 'forbidden', details: { text: 'Geen toegang.' } }] });
      const decision = await linde.operator.decision(String(body['id']));
      expect(decision).toMatchObject({ outcome: 'denied', actor: asking.actor.did, regisseur: asking.regisseur.did });
      expect(decision.verdicts.map((verdict) => [verdict.check, verdict.reason])).toEqual([1, 2, 3, 4, 5, 6, 7, 8].map((number) => [number, number === check ? reason : undefined]));
      expect(await linde.operator.logRows(String(body['id']))).toEqual([
        expect.objectContaining({ name: 'fhir.refused', outcome: 'serious-failure', reason: `check-${check} ${reason}`, actor: asking.actor.did, regisseur: asking.regisseur.did }),
      ]);
    }

    it('refuse from the moment that the allowlist row is ended', async () => {
      const asking = await newStrangers();
      const token = await tokenInUse(asking);
      await linde.operator.endRow(asking.row);
      await expectRefused(asking, token, 7, 'regisseur-not-on-allowlist');
    });

    it('refuse from the moment that the enrolment is ended', async () => {
      const asking = await newStrangers();
      const token = await tokenInUse(asking);
      await linde.operator.endEnrolment(asking.enrolment);
      await expectRefused(asking, token, 8, 'patient-not-enrolled');
    });

    it('refuse from the moment that the regisseur pushes a revocation, whatever its status list still says', async () => {
      const asking = await newStrangers();
      const authorization = newId(asking.regisseur.did);
      const token = await tokenInUse(asking, { authorization: await authorizationOf(asking, { id: authorization }) });
      expect(await push(asking, asking.regisseur, authorization)).toBe(202);
      await expectRefused(asking, token, 6, 'authorization-revoked');
    });

    it('take no revocation from anyone but the regisseur who issued it', async () => {
      const asking = await newStrangers();
      const authorization = newId(asking.regisseur.did);
      const token = await tokenInUse(asking, { authorization: await authorizationOf(asking, { id: authorization }) });
      expect(await push(asking, asking.actor, authorization)).toBe(400);
      expect((await askFhir(asking, token, bloodPressuresOf(linde.patient))).status).toBe(200);
    });

    it('refuse as soon as an edition of the status list that says so may be expected', async () => {
      const asking = await newStrangers();
      const page = serveStatusPage(asking.regisseur, 2);
      const token = await tokenInUse(asking, { authorization: await authorizationOf(asking, { status: page.entriesAt(5) }) });
      page.revoke(5);
      // The edition that the custodian holds ends by then.
      await sleep(3_000);
      await expectRefused(asking, token, 6, 'authorization-revoked');
    });

    it('refuse when the regisseur’s status list can no longer be had', async () => {
      const asking = await newStrangers();
      const page = serveStatusPage(asking.regisseur, 2);
      const token = await tokenInUse(asking, { authorization: await authorizationOf(asking, { status: page.entriesAt(5) }) });
      asking.regisseur.answer = () => undefined;
      await sleep(3_000);
      await expectRefused(asking, token, 6, 'authorization-status-unknown');
    });

    /** A revocation over HTTPS, the channel of partners outside the bus. @returns the status of the answer */
    async function push({ custodian }: Strangers, sender: Strangers['regisseur'], authorization: DidUrl): Promise<number> {
      const event = createEvent({ type: 'nl.anw.authorization.revoked.v1', source: sender.did, recipient: custodian.did, subject: authorization }, { now: new Date() });
      const response = await network.connect(sender.certificate)(`${custodian.door}/anw/${custodian.name}/notifications`, {
        method: 'POST',
        headers: { 'content-type': NOTIFICATION_MEDIA_TYPE },
        body: await signEvent(event, sender.signer),
      });
      return response.status;
    }
  });

  describe('what a token is bound to', () => {
    it('is worth nothing over another client certificate of the same actor', async () => {
      const token = await obtainToken(strangers);
      const another = network.connect(await network.authority.issue({ dnsNames: ['stranger-actor.localhost'], clientAuth: true, days: 1 }));
      await expectUnknown(await askFhir({ ...strangers, fetch: another }, token, bloodPressuresOf(linde.patient)));
    });

    it('is worth nothing without a client certificate', async () => {
      await expectUnknown(await askFhir({ ...strangers, fetch: network.connect() }, await obtainToken(strangers), bloodPressuresOf(linde.patient)));
    });

    it('is worth nothing at another organisation of the same service', async () => {
      await expectUnknown(await askFhir({ ...strangers, custodian: vecht }, await obtainToken(strangers), bloodPressuresOf(vecht.patient)));
    });

    it('is asked for where none is shown', async () => {
      const { status, headers } = await askFhir(strangers, undefined, bloodPressuresOf(linde.patient));
      expect([status, headers.get('www-authenticate')]).toEqual([401, `Bearer, DPoP algs="${dpopAlgorithms.join(' ')}"`]);
    });

    async function expectUnknown({ status, headers, body }: Awaited<ReturnType<typeof askFhir>>): Promise<void> {
      expect([status, headers.get('www-authenticate')]).toEqual([401, 'Bearer error="invalid_token"']);
      expect(body).toEqual({ resourceType: 'OperationOutcome', id: uuid, issue: [{ severity: 'error', code: 'login', details: { text: 'U bent niet aangemeld.' } }] });
    }
  });

  describe('an OAuth client that was made without knowing us', () => {
    const fetchWith = (fetch: OutboundFetch) => (url: string, { method, headers, body }: oauth.CustomFetchOptions<string, URLSearchParams | undefined>) => fetch(url, { method, headers, body: body ?? null });
    const client = (): oauth.Client => ({ client_id: strangers.actor.did });

    async function discovered(): Promise<oauth.AuthorizationServer> {
      const issuer = new URL(linde.issuer);
      const response = await oauth.discoveryRequest(issuer, { algorithm: 'oauth2', [oauth.customFetch]: fetchWith(strangers.fetch) });
      return oauth.processDiscoveryResponse(issuer, response);
    }

    async function ask(server: oauth.AuthorizationServer, change: RequestChange = {}): Promise<oauth.TokenEndpointResponse> {
      const { grant_type: grantType, ...parameters } = Object.fromEntries(await tokenForm(strangers, change));
      const response = await oauth.genericTokenEndpointRequest(server, client(), oauth.None(), grantType!, parameters, { [oauth.customFetch]: fetchWith(strangers.fetch) });
      return oauth.processGenericTokenEndpointResponse(server, client(), response);
    }

    it('finds the token endpoint by our metadata (RFC 8414)', async () => {
      const server = await discovered();
      expect(server).toMatchObject({ issuer: linde.issuer, token_endpoint: `${linde.issuer}/token`, grant_types_supported: expect.arrayContaining(['vp_token-bearer']) });
    });

    it('reads our token response (RFC 6749 §5.1)', async () => {
      const { access_token: token, token_type: type, patient } = await ask(await discovered());
      expect([type, patient]).toEqual(['bearer', linde.patient]);
      expect((await askFhir(strangers, token, bloodPressuresOf(linde.patient))).status).toBe(200);
    });

    it('reads our refusal (RFC 6749 §5.2)', async () => {
      const refusal = await ask(await discovered(), { authorization: null }).catch((error: unknown) => error);
      expect(refusal).toBeInstanceOf(oauth.ResponseBodyError);
      expect(refusal).toMatchObject({ status: 400, error: 'invalid_request', error_description: notAuthorized, cause: { reference: uuid } });
    });
  });

  describe('a presentation', () => {
    const notAccepted = { error: 'invalid_request', error_description: 'The presentation is not accepted.', reference: uuid };

    it('is good for one request', async () => {
      const { status, assertion } = await requestToken(strangers);
      const again = await requestToken(strangers, { assertion });
      expect([status, again.status, again.body]).toEqual([200, 400, notAccepted]);
      expect(await linde.operator.logRows(String(again.body['reference']))).toEqual([expect.objectContaining({ name: 'token.refused', outcome: 'minor-failure', reason: expect.stringMatching(/^replayed: /) })]);
    });

    it('is good for the one organisation it is meant for', async () => {
      const { status, body } = await requestToken(strangers, { audience: vecht.issuer });
      expect([status, body]).toEqual([400, notAccepted]);
    });

    it('tells the privacy officer, and nobody else, what was wrong with it', async () => {
      const { body } = await requestToken(strangers, { audience: vecht.issuer });
      expect(await linde.operator.decision(String(body['reference']))).toMatchObject({ outcome: 'invalid', failure: 'presentation-not-accepted', detail: expect.stringMatching(/^wrong-audience: /), verdicts: [] });
    });
  });
});
