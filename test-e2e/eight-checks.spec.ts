import { dpopAlgorithms } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, createStatusEntries, issueCredential } from '@anw/credentials';
import { createEvent, NOTIFICATION_MEDIA_TYPE, signEvent } from '@anw/notifications';
import { collectionOf, createOperatorClient, type Region } from '@anw/region';
import { createCertificateAuthority } from '@anw/testing';
import { ANW_PURPOSE_OF_USE, DidUrl, EmployeeIdentifier, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { holdToken, showToken } from './support/held-token.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { serveStatusPage } from './support/status-page.js';
import { authorizationOf, employeeOf, hoursFromNow, newId, organisationOf, selfAttestedEmployee } from './support/stranger-credentials.js';
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
  });

  afterAll(async () => {
    await network?.close();
    await region?.stop();
  });

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
    /** Of the custodian, for this request. */
    readonly demands?: Parameters<AskedCustodian['operator']['demand']>[0];
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
        reason: 'certificate-outside-validity',
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
      { when: 'she is named without a personnel number', reason: 'employee-incomplete', notGranted: [3, 5], change: async ({ actor }) => ({ employee: await employeeOf(actor, { user: { identifier: undefined } as never }) }) },
      { when: 'she is named without a name', reason: 'employee-incomplete', notGranted: [3, 5], change: async ({ actor }) => ({ employee: await employeeOf(actor, { user: { name: '' } }) }) },
      { when: 'what her employer signed for her is for more than a day', reason: 'employee-stale', notGranted: [3, 5], change: async ({ actor }) => ({ employee: await employeeOf(actor, { period: hoursFromNow(-1, 24) }) }) },
      { when: 'she comes on the actor’s word alone, and the custodian asks more', reason: 'assurance-too-low', demands: { minimumAssuranceLevel: 'substantial' }, change: async ({ actor }) => ({ employee: selfAttestedEmployee(actor) }) },
      { when: 'her employer knows her at a lower level than the custodian asks', reason: 'assurance-too-low', demands: { minimumAssuranceLevel: 'substantial' }, change: async ({ actor }) => ({ employee: await employeeOf(actor, { user: { assuranceLevel: 'low' } }) }) },
      { when: 'her employer states a level that it cannot vouch for', reason: 'assurance-too-low', demands: { minimumAssuranceLevel: 'high' }, change: async ({ actor }) => ({ employee: await employeeOf(actor, { user: { assuranceLevel: 'high' } }) }) },
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
      { when: 'the authorization does not say what an authorization says', reason: 'authorization-malformed', notGranted: [5, 6, 7, 8], change: async (asking) => ({ authorization: await malformedAuthorization(asking) }) },
      { when: 'the authorization is for another custodian', reason: 'authorization-for-another-custodian', change: (asking) => withAuthorization({ custodian: vecht.did })(asking) },
      { when: 'the authorization names another nurse', reason: 'authorization-for-another-practitioner', change: withAuthorization({ practitioner: EmployeeIdentifier.parse('e-78') }) },
      { when: 'the authorization is for another purpose', reason: 'authorization-for-another-purpose', change: withAuthorization({ purposeOfUse: 'zorginzage' }) },
    ],
    6: [
      { when: 'the shift has ended', reason: 'authorization-expired', change: (asking) => withAuthorization({ period: hoursFromNow(-8, -1 / 3600) })(asking) },
      { when: 'the shift ended hours ago', reason: 'authorization-expired', change: withAuthorization({ period: hoursFromNow(-16, -8) }) },
      { when: 'the shift is still to begin', reason: 'authorization-not-yet-valid', change: withAuthorization({ period: hoursFromNow(1, 9) }) },
      { when: 'it lasts more than 24 hours', reason: 'authorization-too-long', change: withAuthorization({ period: hoursFromNow(-1, 24) }) },
      { when: 'it lasts longer than the custodian wants', reason: 'authorization-too-long', demands: { maxAuthorizationSeconds: 4 * 3_600 }, change: withAuthorization({}) },
      {
        when: 'it lasts longer than the delegation allows that it names',
        reason: 'authorization-too-long',
        change: async (asking) => {
          const delegation = await demanding({ maxAuthorizationSeconds: 4 * 3_600 }, () => fetchDelegation(network, linde, asking.regisseur));
          return withAuthorization({ delegation })(asking);
        },
      },
      {
        when: 'the regisseur has told that it was revoked',
        reason: 'authorization-revoked',
        change: async (asking) => {
          const id = newId(asking.regisseur.did);
          expect(await push(asking, asking.regisseur, id)).toBe(202);
          return withAuthorization({ id })(asking);
        },
      },
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
        when: 'the row begins tomorrow',
        reason: 'regisseur-not-on-allowlist',
        change: async ({ row, regisseur, actor }) => {
          await linde.operator.endRow(row);
          await linde.operator.allow(regisseur.did, actor.did, hoursFromNow(24, 48));
          return {};
        },
      },
      {
        when: 'the row is for another actor',
        reason: 'regisseur-not-on-allowlist',
        change: async ({ row, regisseur }) => {
          const other = await network.addPartner('other-actor.localhost', 'dagzorg');
          await linde.operator.allow(regisseur.did, other.did);
          await linde.operator.endRow(row);
          return {};
        },
      },
      {
        when: 'the authorization names a delegation that was revoked',
        reason: 'delegation-not-valid',
        change: async ({ row, regisseur, actor }) => {
          await linde.operator.endRow(row);
          await linde.operator.allow(regisseur.did, actor.did, hoursFromNow(0, 24));
          return {};
        },
      },
      {
        when: 'the actor has authorized itself',
        reason: 'regisseur-not-on-allowlist',
        notGranted: [7, 8],
        change: async (asking) => ({ authorization: await authorizationOf({ ...asking, regisseur: asking.actor }) }),
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
      {
        when: 'the patient is no longer in care',
        reason: 'patient-not-in-care',
        change: async (asking) => {
          const patient = await admitPatient();
          const { handle } = await linde.operator.enrol(patient, asking.regisseur.did);
          await loadPatient(patient, { active: false });
          return withAuthorization({ handle })(asking);
        },
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
    it.each(list.map((refusal) => [refusal.when, refusal] as const))('refuses when %s', async (_when, { reason, notGranted = [check], demands = {}, change }) => {
      const asking = await newStrangers();
      const changed = await change(asking);
      const { status, headers, body } = await demanding(demands, () => requestToken(asking, changed));

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

  /** Another setting while this runs; the defaults from then on. */
  async function demanding<T>(settings: Parameters<AskedCustodian['operator']['demand']>[0], work: () => Promise<T>): Promise<T> {
    if (Object.keys(settings).length === 0) return work();
    await linde.operator.demand(settings);
    return work().finally(() => linde.operator.demand({}));
  }

  /** A new patient of the custodian. */
  async function admitPatient(): Promise<string> {
    const patient = `p-${randomUUID()}`;
    await loadPatient(patient, { active: true });
    return patient;
  }

  async function loadPatient(id: string, { active }: { readonly active: boolean }): Promise<void> {
    const patient = { resourceType: 'Patient', id, active, name: [{ use: 'official', text: 'A. Proef', family: 'Proef', given: ['Anna'] }], birthDate: '1941-05-04', gender: 'female' };
    const { loaded } = await createOperatorClient(region.service('custodian').urls.operator).post(`/operator/organisations/${linde.name}/resources`, collectionOf([patient]), z.looseObject({ loaded: z.int() }));
    expect(loaded).toBe(1);
  }

  /** It names no patient. */
  async function malformedAuthorization({ actor, regisseur, custodian }: Strangers): Promise<string> {
    const status = createStatusEntries({ door: regisseur.url, uuid: regisseur.organisation.id }, { page: 1, index: 418 });
    return issueCredential(regisseur.signer, { id: newId(regisseur.did), type: 'ANWAuthorizationCredential', subject: actor.did, claims: { purposeOfUse: ANW_PURPOSE_OF_USE, custodian: custodian.did }, period: hoursFromNow(-1, 4), status });
  }

  describe('every form of evidence', () => {
    it('check 1: the host that serves the actor’s keys is enough of a partner of which the custodian has said so, and of no other', async () => {
      const [asking, other] = [await newStrangers(), await newStrangers()];
      const ask = async ({ actor, regisseur: _regisseur, ...rest }: Strangers) =>
        holdToken({ by: actor, fetch: network.connect(), at: linde.issuer, scope: ANW_ACCESS_SCOPE, credentials: [await organisationOf(actor), await employeeOf(actor), await authorizationOf({ actor, regisseur: _regisseur, ...rest })] });
      await demanding({ partners: [{ partner: asking.actor.did, minimumSystemEvidence: 'did-web-host', tokenBinding: 'dpop' }] }, async () => {
        const token = await ask(asking);
        const url = `${linde.door}/fhir/${linde.name}/${bloodPressuresOf(linde.patient)}`;
        expect((await showToken(token, { method: 'GET', url })).status).toBe(200);
        await expect(ask(other)).rejects.toMatchObject({ code: 'refused', refusal: { error: 'invalid_request', description: requesterRefused } });
      });
    });

    it('check 1: such a partner is refused all the same with a certificate that is not to be trusted', async () => {
      const asking = await newStrangers();
      const elsewhere = await createCertificateAuthority({ name: 'Elsewhere', validDays: 1 });
      const fetch = network.connect(await elsewhere.issue({ dnsNames: ['stranger-actor.localhost'], clientAuth: true, days: 1 }));
      const { status, body } = await demanding({ minimumSystemEvidence: 'did-web-host' }, () => requestToken(asking, { fetch }));
      expect([status, body['error_description']]).toEqual([400, requesterRefused]);
    });

    it('check 2: a system counts that the actor’s DID document names (anw-requesting-system)', async () => {
      const asking = await newStrangers();
      await nameRequestingSystem(asking.actor, 'ecd.leverancier.localhost');
      const fetch = network.connect(await network.authority.issue({ dnsNames: ['ecd.leverancier.localhost'], clientAuth: true, days: 1 }));
      expect((await requestToken(asking, { fetch })).status).toBe(200);
    });

    it('check 3: a nurse counts on the actor’s word alone at level low', async () => {
      const authorization = newId(strangers.regisseur.did);
      await obtainToken(strangers, { employee: selfAttestedEmployee(strangers.actor), authorization: await authorizationOf(strangers, { id: authorization }) });
      const { reference } = await linde.operator.grantOf(authorization);
      expect((await linde.operator.decision(String(reference))).verdicts[2]).toMatchObject({ check: 3, verdict: 'granted', fact: { value: 'e-77 at level low, self-attested' } });
    });

    it.each(['substantial', 'high'] as const)('check 3: a nurse whom her employer knows at level %s counts where substantial is asked', async (assuranceLevel) => {
      const employee = await employeeOf(strangers.actor, { user: { assuranceLevel } });
      expect((await demanding({ minimumAssuranceLevel: 'substantial' }, () => requestToken(strangers, { employee }))).status).toBe(200);
    });
  });

  /** From now on its DID document names this host too; before anybody has read it. */
  async function nameRequestingSystem(actor: Strangers['actor'], host: string): Promise<void> {
    const path = `/iam/${actor.organisation.id}/did.json`;
    const document = (await (await network.connect()(actor.url + path)).json()) as { readonly id: string; readonly service: readonly object[] };
    const service = [...document.service, { id: `${document.id}#ecd`, type: 'anw-requesting-system', serviceEndpoint: host }];
    actor.answer = (request) => (request.path === path ? { status: 200, body: { ...document, service } } : undefined);
  }

  describe('checks 5 to 8 at every FHIR request', () => {
    /** A token in hand, with which the record has been read. */
    async function tokenInUse(asking: Strangers, change: RequestChange = {}): Promise<string> {
      const token = await obtainToken(asking, change);
      expect((await askFhir(asking, token, bloodPressuresOf(linde.patient))).status).toBe(200);
      return token;
    }

    async function expectRefused(asking: Strangers, token: string, check: number, reason: string, patient: string = linde.patient): Promise<void> {
      const { status, headers, body } = await askFhir(asking, token, bloodPressuresOf(patient));
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

    it('refuse from the moment that the patient leaves care', async () => {
      const asking = await newStrangers();
      const patient = await admitPatient();
      const { handle } = await linde.operator.enrol(patient, asking.regisseur.did);
      const token = await obtainToken(asking, { authorization: await authorizationOf(asking, { handle }) });
      expect((await askFhir(asking, token, bloodPressuresOf(patient))).status).toBe(200);
      await loadPatient(patient, { active: false });
      await expectRefused(asking, token, 8, 'patient-not-in-care', patient);
    });

    it('refuse from the moment that the custodian wants shorter authorizations', async () => {
      const asking = await newStrangers();
      const token = await tokenInUse(asking);
      await demanding({ maxAuthorizationSeconds: 3_600 }, () => expectRefused(asking, token, 6, 'authorization-too-long'));
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

    it.each([
      ['her employer vouches for her about another organisation (check 4)', async () => ({ employee: await employeeOf(strangers.actor, { employer: strangers.regisseur.did }) })],
      ['the authorization was issued to another actor (check 5)', async () => ({ authorization: await authorizationOf(strangers, { actor: strangers.regisseur.did }) })],
      ['another organisation signed it (check 4)', async () => ({ assertion: (await tokenForm({ ...strangers, actor: { ...strangers.actor, signer: { ...strangers.actor.signer, sign: strangers.regisseur.signer.sign } } })).get('assertion')! })],
    ] as const)('is no presentation when %s: every credential is about who signs', async (_when, change) => {
      const { status, body } = await requestToken(strangers, await change());
      expect([status, body]).toEqual([400, notAccepted]);
    });

    it('tells the privacy officer, and nobody else, what was wrong with it', async () => {
      const { body } = await requestToken(strangers, { audience: vecht.issuer });
      expect(await linde.operator.decision(String(body['reference']))).toMatchObject({ outcome: 'invalid', failure: 'presentation-not-accepted', detail: expect.stringMatching(/^wrong-audience: /), verdicts: [] });
    });
  });
});
