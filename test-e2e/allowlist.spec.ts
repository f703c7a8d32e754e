import { AuthorizationView, CareRequestView, CustodianAllowlists, PartnerAllowlist, PatientSearchResult, PractitionersOnDuty, PrecheckResult } from '@anw/api-contracts';
import { requestAccessToken } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, ANW_PRACTITIONERS_SCOPE, ANW_REGISSEUR_SCOPE, parseCredential, readDelegationCredential, verifyCredential } from '@anw/credentials';
import { createDidWebResolver, createVerificationKeys } from '@anw/identity';
import { NotificationEvent } from '@anw/notifications';
import { createDocumentFetch } from '@anw/outbound';
import { ask, castOf, createStoryContext, eventually, readBus, type Region, type StaffSession } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { recordFigure } from '@anw/testing/figures';
import { decodeList as decodeBitstring } from '@digitalbazaar/vc-bitstring-status-list';
import fc from 'fast-check';
import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { type ApplicationManager, applicationManagerOf, fromNow } from './support/application-manager.js';
import { deskOf, putStrangerOnDuty, type StrangerOnDuty } from './support/assigned-stranger.js';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { type HeldToken, holdToken, showToken } from './support/held-token.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { employeeOf, organisationOf } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed } from './support/strangers.js';
import { queryDatabase } from './support/query-database.js';
import { startTemporaryRegion } from './support/temporary-region.js';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** `PRECHECK_SEED=…` repeats a run. */
const seed = Number(process.env['PRECHECK_SEED'] ?? randomInt(2 ** 31 - 1));
const MOMENTS = 24;

let region: Region;
let network: PartnerNetwork;
let desk: StaffSession;
let linde: AskedCustodian;
let lindeManager: ApplicationManager;
let vechtManager: ApplicationManager;

beforeAll(async () => {
  region = await startTemporaryRegion({ logLevel: 'error', bus: 'nats' });
  network = await openPartnerNetwork(region);
  desk = await deskOf(region);
  linde = custodianNamed(region, 'de-linde');
  lindeManager = applicationManagerOf(region, 'custodian', 'de-linde');
  vechtManager = applicationManagerOf(region, 'custodian', 'vecht');
});

afterAll(async () => {
  await network?.close();
  await region?.stop();
});

const didOf = (name: string): string => region.file.organisations.find((organisation) => organisation.name === name)!.did;
const patientOf = (custodian: string, index = 0) => region.file.patients.filter((patient) => patient.custodian === custodian)[index]!;
const lightFor = (custodian: string, actor: string, handle: string) => ask(desk, { method: 'POST', path: '/api/precheck', body: { custodian, actor, handle }, answer: PrecheckResult });
const custodiansAtDesk = async () => (await ask(desk, { method: 'GET', path: '/api/custodians', answer: CustodianAllowlists })).custodians;
const atDesk = async (name: string) => (await custodiansAtDesk()).find(({ custodian }) => custodian.did === didOf(name))!;
const onDuty = () => ask(desk, { method: 'GET', path: '/api/practitioners/on-duty', answer: PractitionersOnDuty });

/** Somebody's own regisseur or actor, asking a partner door with a token of its own. */
async function hold(by: TestPartner, at: string, scope: string): Promise<HeldToken> {
  return holdToken({ by, fetch: network.connect(by.certificate), at, scope, credentials: [await organisationOf(by)] });
}

const Delivered = z.object({ status: z.int(), body: z.looseObject({ code: z.string().optional(), detail: z.string().optional(), repairBy: z.string().optional() }) });

/** What comes of the triagist's click. */
async function order(facts: { readonly custodian: string; readonly handle: string; readonly shift: string }): Promise<z.infer<typeof Delivered>> {
  const careRequest = await ask(desk, { method: 'POST', path: '/api/care-requests', body: { id: randomUUID(), kind: 'unplanned', reportedBy: 'Dochter', description: 'Gevallen', urgency: 'urgent' }, answer: CareRequestView });
  await ask(desk, { method: 'POST', path: `/api/care-requests/${careRequest.id}/triage`, body: { outcome: 'out-of-hours-care' }, answer: CareRequestView });
  const visitWindow = { from: new Date().toISOString(), until: new Date(Date.now() + 60 * MINUTE).toISOString() };
  const body = { requestId: randomUUID(), careRequest: careRequest.id, ...facts, patient: { name: 'A. de Vries', birthDate: '1941-03-02' }, visitWindow };
  const response = await desk.request('POST', '/api/authorizations', body);
  return Delivered.parse({ status: response.status, body: await response.json() });
}

describe('what the application manager keeps (issue of trust, point 4)', () => {
  const row = () => ({ regisseur: didOf('regie-oost'), actor: 'did:web:elders.example:iam:1' });

  it('may be made ahead of time, is listed with its state, and ends instead of vanishing', async () => {
    const future = await lindeManager.add('allowlist', { ...row(), ...fromNow(DAY, 2 * DAY) }, 'l-204');
    const current = await lindeManager.add('allowlist', { ...row(), ...fromNow(-1, 60) }, 'l-204');
    expect([future.state, current.state]).toEqual(['future', 'current']);
    expect((await lindeManager.ask('DELETE', `allowlist/${current.id}`, undefined, 'l-205')).status).toBe(204);
    expect((await lindeManager.ask('DELETE', `allowlist/${current.id}`, undefined, 'l-205')).status).toBe(404);
    await lindeManager.ask('DELETE', `allowlist/${future.id}`, undefined, 'l-205');
    const states = new Map((await lindeManager.list('allowlist')).map(({ id, state }) => [id, state]));
    expect([states.get(current.id), states.get(future.id)]).toEqual(['ended', 'ended']);
    const logged = (await lindeManager.log('allowlist.changed')).filter(({ query }) => query?.includes(current.id));
    expect(logged.map(({ practitioner, query }) => [practitioner?.identifier, query]).toSorted()).toEqual([['l-204', `row ${current.id} added`], ['l-205', `row ${current.id} ended`]]);
  });

  it.each([
    ['a row that overlaps another', () => ({ ...row(), ...fromNow(10 * DAY, 12 * DAY) }), 'overlaps-another-entry'],
    ['a row that ends before it starts', () => ({ ...row(), ...fromNow(60, 30) }), 'period-ends-before-it-starts'],
    ['a row that is over', () => ({ ...row(), ...fromNow(-60, -30) }), 'period-is-over'],
  ])('is not %s', async (_what, entry, code) => {
    await lindeManager.ask('POST', 'allowlist', { ...row(), ...fromNow(9 * DAY, 11 * DAY) });
    expect(await lindeManager.ask('POST', 'allowlist', entry())).toMatchObject({ status: 422, body: { type: 'urn:anw:problem:not-acceptable', code } });
  });

  it('is not changed in the name of what is no name', async () => {
    expect(await lindeManager.ask('POST', 'allowlist', { ...row(), ...fromNow(20 * DAY, 21 * DAY) }, 'x'.repeat(65))).toMatchObject({ status: 400, body: { type: 'urn:anw:problem:invalid-request' } });
  });
});

describe('four eyes, where an organisation asks for them', () => {
  beforeAll(() => vechtManager.demand({ fourEyes: true }));
  afterAll(() => vechtManager.demand({}));

  it('keep a row out of every check until a second operator approved it, and both in the log', async () => {
    const { handle } = patientOf('vecht');
    const light = () => lightFor(didOf('vecht'), didOf('de-eik'), handle);
    const proposed = await vechtManager.add('allowlist', { regisseur: didOf('regie-oost'), actor: didOf('de-eik'), ...fromNow(-1, DAY) }, 'v-077');
    expect([proposed.state, proposed.proposedBy]).toEqual(['pending', 'v-077']);
    expect(await light()).toMatchObject({ light: 'red', code: 'actor-not-listed', repairBy: 'custodian' });

    const approve = (by?: string) => vechtManager.ask('POST', `allowlist/${proposed.id}/approve`, undefined, by);
    expect(await approve()).toMatchObject({ status: 422, body: { code: 'operator-unnamed' } });
    expect(await approve('V-077')).toMatchObject({ status: 422, body: { code: 'same-operator' } });
    expect(await light()).toMatchObject({ light: 'red' });
    expect(await approve('v-078')).toMatchObject({ status: 200, body: { state: 'current', proposedBy: 'v-077', approvedBy: 'v-078' } });
    expect(await approve('v-079')).toMatchObject({ status: 404 });
    expect(await light()).toMatchObject({ light: 'green' });

    const logged = (await vechtManager.log('allowlist.changed')).filter(({ query }) => query?.includes(proposed.id));
    expect(logged.map(({ practitioner, query }) => [practitioner?.identifier, query]).toSorted()).toEqual([['v-077', `row ${proposed.id} proposed`], ['v-078', `row ${proposed.id} added, proposed by v-077`]]);
  });

  it('give an enrolment no handle before, and end it on the word of one', async () => {
    const patient = patientOf('vecht').id;
    const entry = { patient, regisseur: 'did:web:regie-west.example:iam:1' };
    expect(await vechtManager.ask('POST', 'enrolments', entry)).toMatchObject({ status: 422, body: { code: 'operator-unnamed' } });
    const proposed = await vechtManager.add('enrolments', entry, 'v-077');
    expect([proposed.state, proposed.handle]).toEqual(['pending', undefined]);
    const approved = await vechtManager.ask('POST', `enrolments/${proposed.id}/approve`, undefined, 'v-078');
    expect(approved).toMatchObject({ status: 200, body: { state: 'current', handle: expect.stringMatching(/^urn:uuid:/) } });
    expect((await vechtManager.ask('DELETE', `enrolments/${proposed.id}`)).status).toBe(204);
  });
});

describe('the delegation of a custodian (design D11)', () => {
  let regisseur: TestPartner;
  let actor: TestPartner;
  let token: HeldToken;
  let base: string;

  beforeAll(async () => {
    regisseur = await network.addPartner('regie-west.localhost', 'regie-west');
    actor = await network.addPartner('nachtzorg-west.localhost', 'nachtzorg-west');
    base = (await lindeManager.add('allowlist', { regisseur: regisseur.did, actor: actor.did, ...fromNow(-1, DAY) })).id;
    token = await hold(regisseur, linde.issuer, ANW_REGISSEUR_SCOPE);
  });

  /** What the custodian told the regisseur at that moment or later. */
  async function toldSince(moment: string): Promise<NotificationEvent | undefined> {
    const { bus } = region.file;
    if (bus.kind === 'none') throw new Error('this region has no bus');
    const events = (await readBus(bus.url)).map(({ text }) => NotificationEvent.parse(JSON.parse(Buffer.from(text.split('.')[1]!, 'base64url').toString())));
    return events.find(({ data, time }) => data.recipient === regisseur.did && time >= moment);
  }

  const fetchRows = () => showToken(token, { method: 'GET', url: `${linde.door}/anw/${linde.name}/allowlist` });
  async function delegation() {
    const parsed = parseCredential(PartnerAllowlist.parse(JSON.parse((await fetchRows()).text)).delegation);
    const keys = createVerificationKeys(createDidWebResolver({ fetchDocument: createDocumentFetch(token.fetch), clock: () => new Date() }));
    return { ...readDelegationCredential(await verifyCredential(parsed, { keys, now: new Date() })), entries: parsed.status as unknown as readonly { readonly statusListIndex: number; readonly statusListCredential: string }[] };
  }

  it('names whom the rows of this moment name, also when a row begins and ends by itself; the regisseur is told each time, and nothing personal', async () => {
    expect((await delegation()).actors).toEqual([actor.did]);
    const later = 'did:web:later.example:iam:7';
    const { validFrom, validUntil } = fromNow(3 / 60, 12 / 60);
    await lindeManager.add('allowlist', { regisseur: regisseur.did, actor: later, validFrom, validUntil });
    expect((await delegation()).actors).toEqual([actor.did]);
    const begun = await eventually('the regisseur hears that a row has begun', () => toldSince(validFrom));
    expect(begun).toEqual({ specversion: '1.0', id: expect.any(String), source: linde.did, type: 'nl.anw.allowlist.changed.v1', subject: linde.did, time: expect.any(String), datacontenttype: 'application/json', data: { recipient: regisseur.did } });
    expect((await delegation()).actors).toEqual([actor.did, later].toSorted());
    await eventually('the regisseur hears that it has ended', () => toldSince(validUntil));
    expect((await delegation()).actors).toEqual([actor.did]);
  });

  it('is revoked in the status list with the last row, and the regisseur is let in no more', async () => {
    const { entries } = await delegation();
    const bitstring = entries.find(({ statusListCredential }) => statusListCredential.includes('/bitstring-statuslist/'))!;
    const isRevoked = async () => {
      const claims = JSON.parse(Buffer.from((await (await token.fetch(bitstring.statusListCredential)).text()).split('.')[1]!, 'base64url').toString()) as { vc: { credentialSubject: readonly [{ encodedList: string }] } };
      return (await decodeBitstring({ encodedList: claims.vc.credentialSubject[0].encodedList })).getStatus(Number(bitstring.statusListIndex));
    };
    expect(await isRevoked()).toBe(false);
    await lindeManager.ask('DELETE', `allowlist/${base}`);
    expect(await isRevoked()).toBe(true);
    expect((await fetchRows()).status).toBe(403);
  });
});

describe('rows at the desk', () => {
  it('are there with their age, before anybody asks', async () => {
    const known = await eventually('the desk knows the rows', async () => {
      const allowlist = await atDesk('de-linde');
      return allowlist.fetchedAt === undefined ? undefined : allowlist;
    });
    expect(known.stale).toBe(false);
    expect(known.ageSeconds).toBeLessThan(900);
    expect(known.rows.filter(({ state }) => state === 'current').map(({ actor }) => actor.name)).toEqual(expect.arrayContaining(['Wijkzorg Nacht', 'Buurtzorg De Eik']));
  });

  it('that end block the desk as soon as it is told, and the next token and the next FHIR request at once', async () => {
    const stranger = await putStrangerOnDuty(region, network, 0);
    const { credential, token } = await stranger.assign();
    const { handle } = patientOf('de-linde');
    const read = async () => (await askFhir({ custodian: linde, fetch: stranger.fetch }, token, bloodPressuresOf(stranger.custodian.patient))).status;
    expect([await read(), await lightFor(linde.did, stranger.actor.did, handle)]).toMatchObject([200, { light: 'green' }]);

    const from = performance.now();
    expect((await lindeManager.ask('DELETE', `allowlist/${stranger.row}`, undefined, 'l-204')).status).toBe(204);
    expect(await read()).toBe(403);
    await expect(tokenFor(stranger, credential)).rejects.toMatchObject({ code: 'refused' });
    await eventually('the desk knows that the row ended', async () => ((await atDesk('de-linde')).rows.some(({ actor, state }) => actor.did === stranger.actor.did && state === 'current') ? undefined : true));
    recordFigure(4, 'from the end of a row to the desk that knows of it', performance.now() - from, 'ms');
    expect(await order({ custodian: linde.did, handle, shift: stranger.shift })).toMatchObject({ status: 422, body: { code: 'actor-not-listed', repairBy: 'custodian', detail: expect.stringContaining('bronhouder') } });
  });

  it('are still shown, with their age and who must repair it, while the custodian does not answer; no light is green then', async () => {
    const { handle } = patientOf('de-linde');
    expect((await lightFor(linde.did, didOf('wijkzorg-nacht'), handle)).light).toBe('green');
    const before = await atDesk('de-linde');
    await region.service('custodian').stop();
    try {
      expect(await lightFor(linde.did, didOf('wijkzorg-nacht'), handle)).toMatchObject({ light: 'red', code: 'custodian-unreachable', repairBy: 'custodian' });
      const { rows, fetchedAt } = await atDesk('de-linde');
      expect([rows, fetchedAt]).toEqual([before.rows, before.fetchedAt]);
    } finally {
      await region.service('custodian').start();
    }
    await eventually('the light is green again', async () => ((await lightFor(linde.did, didOf('wijkzorg-nacht'), handle)).light === 'green' ? true : undefined));
  });
});

/** A token on an authorization that the desk issued. @throws TokenClientError */
async function tokenFor({ actor, fetch }: Pick<StrangerOnDuty, 'actor' | 'fetch'>, credential: string): Promise<void> {
  const credentials = [await organisationOf(actor), await employeeOf(actor), credential];
  await requestAccessToken({ fetch, signer: actor.signer, clientId: actor.organisation.issuer, clock: () => new Date(), authorizationServer: linde.issuer, scope: ANW_ACCESS_SCOPE, credentials });
}

describe(`a green light means a token, through the doors (PRECHECK_SEED=${seed})`, () => {
  /** What opens occurs more often than what closes: a light is green only when both row and enrolment hold. */
  const change = fc.oneof(
    { weight: 5, arbitrary: fc.constant('add row') },
    { weight: 5, arbitrary: fc.constant('enrol') },
    { weight: 4, arbitrary: fc.constant('nothing') },
    { weight: 8, arbitrary: fc.constantFrom('end row', 'row to come', 'propose row', 'approve row', 'end enrolment', 'propose enrolment', 'approve enrolment') },
  );
  const whose = fc.constantFrom('current', 'current', 'current', 'current', 'current', 'current', 'earlier', 'of another regisseur', 'unheard of');

  it(`at ${MOMENTS} moments in a random history`, async () => {
    const stranger = await putStrangerOnDuty(region, network, 0);
    const regisseur = didOf('regie-oost');
    const { id: patient } = patientOf('de-linde', 1);
    const { handle: others } = await lindeManager.add('enrolments', { patient, regisseur: 'did:web:regie-zuid.example:iam:3' });
    const handles: string[] = [patientOf('de-linde', 1).handle];
    const of = async (kind: 'allowlist' | 'enrolments') => (await lindeManager.list(kind)).filter((entry) => (kind === 'allowlist' ? entry['actor'] === stranger.actor.did : entry['patient'] === patient && entry['regisseur'] === regisseur));
    const openOf = async (kind: 'allowlist' | 'enrolments', ...states: readonly string[]) => (await of(kind)).filter(({ state }) => states.includes(state));
    const row = (from: number) => ({ regisseur, actor: stranger.actor.did, ...fromNow(from, DAY) });
    const withFourEyes = async (kind: 'allowlist' | 'enrolments', entry: object) => {
      await lindeManager.demand({ fourEyes: true });
      await lindeManager.ask('POST', kind, entry, 'l-204');
      await lindeManager.demand({});
    };
    const endAll = async (kind: 'allowlist' | 'enrolments', ...states: readonly string[]) => {
      for (const { id } of await openOf(kind, 'future', 'pending', ...states)) await lindeManager.ask('DELETE', `${kind}/${id}`);
    };
    const approveAll = async (kind: 'allowlist' | 'enrolments') => {
      for (const { id } of await openOf(kind, 'pending')) await lindeManager.ask('POST', `${kind}/${id}/approve`, undefined, 'l-205');
    };
    const changes: Readonly<Record<string, () => Promise<unknown>>> = {
      'add row': async () => (await endAll('allowlist'), lindeManager.ask('POST', 'allowlist', row(0))),
      'row to come': async () => (await endAll('allowlist', 'current'), lindeManager.ask('POST', 'allowlist', row(60))),
      'end row': () => endAll('allowlist', 'current'),
      'propose row': async () => (await endAll('allowlist', 'current'), withFourEyes('allowlist', row(0))),
      'approve row': () => approveAll('allowlist'),
      enrol: async () => (await endAll('enrolments'), lindeManager.ask('POST', 'enrolments', { patient, regisseur })),
      'end enrolment': () => endAll('enrolments', 'current'),
      'propose enrolment': async () => (await endAll('enrolments', 'current'), withFourEyes('enrolments', { patient, regisseur })),
      'approve enrolment': () => approveAll('enrolments'),
      nothing: async () => undefined,
    };

    const seen = { green: 0, red: 0 };
    const issued: string[] = [];
    const history = fc.sample(fc.record({ change, whose }), { seed, numRuns: MOMENTS });
    for (const [moment, { change: name, whose: handleOf }] of [{ change: 'nothing', whose: 'current' }, ...history].entries()) {
      await changes[name]!();
      for (const { handle } of await of('enrolments')) if (handle !== undefined && !handles.includes(handle)) handles.push(handle);
      const current = (await openOf('enrolments', 'current'))[0]?.handle ?? handles.at(-1)!;
      const handle = { current, earlier: handles[0]!, 'of another regisseur': others!, 'unheard of': `urn:uuid:${randomUUID()}` }[handleOf]!;
      const at = `moment ${moment}: ${name}, handle ${handleOf}`;
      const { light } = await lightFor(linde.did, stranger.actor.did, handle);
      seen[light] += 1;
      const { status, body } = await order({ custodian: linde.did, handle, shift: stranger.shift });
      expect([at, status]).toEqual([at, light === 'green' ? 201 : 422]);
      if (light === 'red') {
        if (handleOf === 'current') for (const credential of issued) await expect(tokenFor(stranger, credential)).rejects.toMatchObject({ code: 'refused' });
        continue;
      }
      const credential = await pull(stranger, AuthorizationView.parse(body).id);
      await expect(tokenFor(stranger, credential)).resolves.toBeUndefined();
      issued.push(credential);
    }
    expect([seen.green > 0, seen.red > 0]).toEqual([true, true]);
    recordFigure(4, 'seed of moments through the doors', seed);
    recordFigure(4, 'green lights through the doors that meant a token', seen.green);
    recordFigure(4, 'red lights through the doors that meant none', seen.red);
  });

  async function pull({ actor, fetch }: StrangerOnDuty, id: string): Promise<string> {
    const { regisseur } = castOf(createStoryContext(region, region.file.patients[0]!));
    const token = await holdToken({ by: actor, fetch, at: regisseur.issuer, scope: 'anw-authorization', credentials: [await organisationOf(actor)] });
    const { text } = await showToken(token, { method: 'GET', url: `${region.file.services.regisseur.partner}/anw/${regisseur.name}/authorizations/${id}` });
    return z.looseObject({ credential: z.string() }).parse(JSON.parse(text)).credential;
  }
});

describe('the narrow search (design D7)', () => {
  let regisseur: TestPartner;
  let token: HeldToken;
  beforeAll(async () => {
    regisseur = await network.addPartner('regie-noord.localhost', 'regie-noord');
    await lindeManager.add('allowlist', { regisseur: regisseur.did, actor: 'did:web:elders.example:iam:2', ...fromNow(-1, DAY) });
    token = await hold(regisseur, linde.issuer, ANW_REGISSEUR_SCOPE);
  });
  afterEach(() => lindeManager.demand({}));

  const search = (terms: object) => showToken(token, { method: 'POST', url: `${linde.door}/anw/${linde.name}/patients/_search`, headers: { 'content-type': 'application/json' }, body: JSON.stringify(terms) });

  it('gives who guesses the same empty answer, whoever is or is not in care', async () => {
    const { familyName, birthDate, bsn } = region.file.patients.find((patient) => patient.custodian === 'de-linde' && patient.bsn !== undefined)!;
    const guesses = [{ familyName, birthDate }, { bsn: bsn! }, { familyName, birthDate: '1900-01-01' }, { familyName: 'Nergens', birthDate }, { bsn: '111222333' }];
    const answers = [];
    for (const guess of guesses) answers.push(await search(guess));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`))).toEqual(new Set(['200 {"patients":[]}']));
  });

  it('lets a regisseur search so often in a minute and no more; what it refuses is in the log, and the desk says so in Dutch', async () => {
    await lindeManager.demand({ patientSearchesPerMinute: 2 });
    // Settings hold within a second everywhere; the count begins anew with each minute.
    await sleep(1_100);
    const left = MINUTE - (Date.now() % MINUTE);
    if (left < 15_000) await sleep(left + 100);
    const answers = [];
    for (let time = 0; time < 4; time += 1) answers.push(await search({ familyName: 'Nergens', birthDate: '1941-03-02' }));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused.length).toBeGreaterThanOrEqual(2);
    for (const { headers, text } of refused) {
      expect(Number(headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(JSON.parse(text)).toMatchObject({ type: 'urn:anw:problem:too-many-requests', status: 429 });
    }
    expect((await lindeManager.log('patient.searched')).filter(({ reason, outcome }) => reason === 'too-many-searches' && outcome === 'serious-failure').length).toBeGreaterThanOrEqual(2);

    const searchAtDesk = () => ask(desk, { method: 'POST', path: '/api/patients/search', body: { custodian: linde.did, familyName: 'Nergens', birthDate: '1941-03-02' }, answer: PatientSearchResult });
    const limited = await eventually('the desk is limited as well', async () => (await searchAtDesk()).unanswered[0]);
    expect(limited).toMatchObject({ did: linde.did, reason: expect.stringContaining('zocht te vaak') });
  });
});

describe('practitioners on duty at actors', () => {
  const manager = () => applicationManagerOf(region, 'actor', 'wijkzorg-nacht');
  const period = () => ({ from: new Date(Date.now() - MINUTE).toISOString(), until: new Date(Date.now() + 4 * 60 * MINUTE).toISOString() });
  const fleur = { practitioner: 'e-20001', name: 'Fleur Visser', roleName: 'Verpleegkundige', district: 'Deventer-Noord', startArea: '7411' };
  let shift: string;

  it('are at the desk with district, from where they start, who says so and how long ago, and can be sent', async () => {
    const added = await manager().ask('POST', 'shifts', { ...fleur, period: period() }, 'w-1');
    expect(added.status).toBe(201);
    shift = z.uuid().parse(added.body['id']);
    const found = await eventually('the desk asks the actor', async () => (await onDuty()).practitioners.find(({ identifier }) => identifier === fleur.practitioner));
    expect(found).toMatchObject({ shift, name: fleur.name, roleName: fleur.roleName, district: fleur.district, actor: { name: 'Wijkzorg Nacht' }, source: { kind: 'actor' } });
    expect(await queryDatabase(region, 'regisseur', 'SELECT start_area FROM shift WHERE id = $1', [shift])).toEqual([{ start_area: fleur.startArea }]);
    expect(found.source.kind === 'actor' && found.source.ageSeconds).toBeLessThan(45);
    const { handle } = patientOf('de-linde');
    expect(await order({ custodian: linde.did, handle, shift })).toMatchObject({ status: 201 });
  });

  it('are gone once the actor ended the shift; whom the regisseur planned stays', async () => {
    expect((await manager().ask('POST', `shifts/${shift}/end`, undefined, 'w-1')).status).toBe(204);
    expect((await manager().ask('POST', `shifts/${shift}/end`, undefined, 'w-1')).status).toBe(404);
    await eventually('the actor is asked again', async () => ((await onDuty()).practitioners.some(({ identifier }) => identifier === fleur.practitioner) ? undefined : true));
    expect((await onDuty()).practitioners.find(({ name }) => name === 'Noor de Wit')).toMatchObject({ source: { kind: 'regisseur' } });
    const { handle } = patientOf('de-linde');
    expect(await order({ custodian: linde.did, handle, shift })).toMatchObject({ status: 422, body: { code: 'shift-over', repairBy: 'actor' } });
  });

  it('of an actor that does not tell are missed in Dutch, beside the others', async () => {
    // The strangers of this file are actors of the desk that tell nobody who is on duty.
    const { silent, practitioners } = await onDuty();
    expect(silent.find(({ name }) => name === 'Nachtzorg')).toMatchObject({ problem: expect.stringContaining('zorgorganisatie') });
    expect(practitioners.length).toBeGreaterThan(0);
  });

  it('are told to regisseurs that the actor works for, from then until it does so no more, and to nobody else', async () => {
    const regisseur = await network.addPartner('regie-zuid.localhost', 'regie-zuid');
    const issuer = region.file.organisations.find(({ name }) => name === 'wijkzorg-nacht')!.issuer;
    await expect(hold(regisseur, issuer, ANW_PRACTITIONERS_SCOPE)).rejects.toMatchObject({ code: 'refused' });

    expect((await manager().ask('POST', 'regisseurs', { did: regisseur.did, name: 'Regie Zuid' }, 'w-1')).status).toBe(201);
    const token = await hold(regisseur, issuer, ANW_PRACTITIONERS_SCOPE);
    const look = async () => showToken(token, { method: 'GET', url: `${region.file.services.actor.partner}/anw/wijkzorg-nacht/practitioners` });
    expect(await look()).toMatchObject({ status: 200 });

    expect((await manager().ask('DELETE', `regisseurs/${encodeURIComponent(regisseur.did)}`, undefined, 'w-1')).status).toBe(204);
    expect((await look()).status).toBe(403);
    expect((await manager().ask('DELETE', `regisseurs/${encodeURIComponent(regisseur.did)}`, undefined, 'w-1')).status).toBe(404);
  });
});
