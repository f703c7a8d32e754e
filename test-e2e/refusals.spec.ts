import { DecisionExplanation, FoundPatients } from '@anw/api-contracts';
import { resourceOf } from '@anw/fhir';
import type { OutboundFetch } from '@anw/outbound';
import { logIn, type Region } from '@anw/region';
import { DidUrl, PatientHandle } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { compareWithGolden } from './support/golden-file.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { authorizationOf, employeeOf, hoursFromNow } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, regisseurToken, showing, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { obtainToken, type RequestChange, requestToken, type TokenAnswer, tokenForm } from './support/token-request.js';

const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

let region: Region;
let network: PartnerNetwork;
let linde: AskedCustodian;

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  network = await openPartnerNetwork(region);
  linde = custodianNamed(region, 'de-linde');
});
afterAll(async () => {
  await network?.close();
  await region?.stop();
});

const newStrangers = (): Promise<Strangers> => introduceStrangers(network, linde);
const granted = async (asking: Strangers, change: Parameters<typeof authorizationOf>[1]) => ({ authorization: await authorizationOf(asking, change) });

/** One situation in which each check says no. */
const failing: Readonly<Record<number, (asking: Strangers) => Promise<RequestChange>>> = {
  1: async () => ({ fetch: network.connect() }),
  2: async () => ({ fetch: network.connect(await network.authority.issue({ dnsNames: ['elsewhere.localhost'], clientAuth: true, days: 1 })) }),
  3: async ({ actor }) => ({ employee: await employeeOf(actor, { user: { authenticatedAt: hoursFromNow(-13, 0).from } }) }),
  4: async ({ actor, regisseur }) => ({ employee: await employeeOf(regisseur, { employer: actor.did }) }),
  5: (asking) => granted(asking, { purposeOfUse: 'zorginzage' }),
  6: (asking) => granted(asking, { period: hoursFromNow(-16, -8) }),
  7: async ({ row }) => (await linde.operator.endRow(row), {}),
  8: (asking) => granted(asking, { handle: PatientHandle.parse(`urn:uuid:${randomUUID()}`) }),
};
const checks = Object.entries(failing).map(([check, change]) => [Number(check), change] as const);

describe('a refusal, inside (design D16)', () => {
  it.each(checks)('by check %i leaves the decision record that the golden file shows', async (check, change) => {
    const asking = await newStrangers();
    const { status, body } = await requestToken(asking, await change(asking));
    expect(status).toBe(400);
    const decision = await linde.operator.decision(String(body['reference']));
    expect(decision.verdicts.find(({ verdict }) => verdict === 'denied')?.check).toBe(check);
    const { golden, actual } = await compareWithGolden(`refused-by-check-${check}`, decision);
    expect(actual).toBe(golden);
  });

  it.each([
    ['another patient', 'another-patient', async (asking: Strangers, token: string) => askFhir(asking, token, bloodPressuresOf('linde-1002'))],
    ['an enrolment that ended since', 'ended-enrolment', async (asking: Strangers, token: string) => (await linde.operator.endEnrolment(asking.enrolment), askFhir(asking, token, bloodPressuresOf(linde.patient)))],
  ])('of a FHIR request for %s leaves the one that the golden file shows, with all eight checks', async (_what, name, ask) => {
    const asking = await newStrangers();
    const { status, body } = await ask(asking, await obtainToken(asking));
    expect(status).toBe(403);
    const decision = await linde.operator.decision(String(body['id']));
    expect(decision.verdicts.map(({ check }) => check)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    const { golden, actual } = await compareWithGolden(`fhir-refused-${name}`, decision);
    expect(actual).toBe(golden);
  });

  it('is the same to the privacy officer as to the operator', async () => {
    const asking = await newStrangers();
    const { body } = await requestToken(asking, await failing[7]!(asking));
    const petra = region.file.oidc.users.find(({ username }) => username === 'petra')!;
    const session = await logIn({ staffUrl: region.file.services.custodian.staff, username: petra.username, password: petra.password });
    const response = await session.request('GET', `/api/decisions/${String(body['reference'])}`);
    const { decision } = DecisionExplanation.parse(await response.json());
    expect([response.status, decision]).toEqual([200, await linde.operator.decision(String(body['reference']))]);
  });

  /** Anything sent to the token endpoint, however little it looks like a request. */
  const tokenRequests: readonly (readonly [what: string, failure: string, send: (asking: Strangers) => ReturnType<OutboundFetch>])[] = [
    ['nothing', 'unsupported-media-type', ({ fetch }) => fetch(`${linde.issuer}/token`, { method: 'POST' })],
    ['JSON', 'unsupported-media-type', ({ fetch }) => fetch(`${linde.issuer}/token`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })],
    ['by GET', 'method-not-allowed', ({ fetch }) => fetch(`${linde.issuer}/token`)],
    ['an empty form', 'parameter-missing', ({ fetch }) => fetch(`${linde.issuer}/token`, { method: 'POST', body: new URLSearchParams() })],
    ['a parameter twice', 'parameter-repeated', ({ fetch }) => fetch(`${linde.issuer}/token`, { method: 'POST', body: new URLSearchParams([['scope', 'a'], ['scope', 'b']]) })],
    ['another grant type', 'unsupported-grant-type', ({ fetch }) => fetch(`${linde.issuer}/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'password' }) })],
    ['no presentation', 'presentation-not-accepted', async (asking) => sendForm(asking, { assertion: 'a.b.c' })],
    ['a submission that is none', 'parameter-malformed', async (asking) => sendForm(asking, { presentation_submission: '{' })],
    ['a scope of somebody else', 'unknown-scope', async (asking) => sendForm(asking, { scope: 'zorginzage' })],
    ['a proof that is none', 'dpop-proof-invalid', async (asking) => asking.fetch(`${linde.issuer}/token`, { method: 'POST', body: await tokenForm(asking), headers: { dpop: 'geheim' } })],
  ];

  async function sendForm(asking: Strangers, change: Readonly<Record<string, string>>): ReturnType<OutboundFetch> {
    const form = await tokenForm(asking);
    for (const [name, value] of Object.entries(change)) form.set(name, value);
    return asking.fetch(`${linde.issuer}/token`, { method: 'POST', body: form });
  }

  it('has a record for every token request, whatever was sent', async () => {
    const asking = await newStrangers();
    for (const [what, failure, send] of tokenRequests) {
      const answer = (await (await send(asking)).json()) as { readonly reference: string };
      const { endpoint, outcome, verdicts, repair, ...decision } = await linde.operator.decision(answer.reference);
      expect([what, endpoint, outcome, decision.failure, repair?.code, verdicts]).toEqual([what, 'token', 'invalid', failure, failure, []]);
      expect(repair?.repair).toMatch(/\.$/);
      expect(await linde.operator.logRows(answer.reference)).toEqual([expect.objectContaining({ name: 'token.refused', reference: answer.reference })]);
    }
  });

  it('has a record for every FHIR request that is refused', async () => {
    const asking = await newStrangers();
    const token = await obtainToken(asking);
    const fhir = `${linde.door}/fhir/${linde.name}`;
    const post = (body: string, contentType = 'application/fhir+json', path = 'Observation') => asking.fetch(`${fhir}/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': contentType }, body });
    const get = (path: string, authorization: string | undefined = `Bearer ${token}`) => asking.fetch(`${fhir}/${path}`, { headers: { ...(authorization && { authorization }) } });
    const requests: readonly (readonly [what: string, status: number, code: string, send: () => ReturnType<OutboundFetch>])[] = [
      ['no token', 401, 'token-missing', () => asking.fetch(`${fhir}/${bloodPressuresOf(linde.patient)}`)],
      ['no good token', 401, 'token-malformed', () => get(bloodPressuresOf(linde.patient), 'Bearer geheim')],
      ['an unknown token', 401, 'token-unknown', () => get(bloodPressuresOf(linde.patient), `Bearer ${'A'.repeat(43)}`)],
      ['another certificate', 401, 'token-of-another-certificate', async () => network.connect(await network.authority.issue({ dnsNames: ['stranger-actor.localhost'], clientAuth: true, days: 1 }))(`${fhir}/${bloodPressuresOf(linde.patient)}`, { headers: { authorization: `Bearer ${token}` } })],
      ['another patient', 403, 'outside-policy', () => get(bloodPressuresOf('linde-1002'))],
      ['too wide a search', 403, 'outside-policy', () => get(`Observation?patient=${linde.patient}`)],
      ['an unlisted parameter', 400, 'unsupported-parameter', () => get(`${bloodPressuresOf(linde.patient)}&_include=Observation:subject`)],
      ['an unlisted type', 403, 'outside-policy', () => get(`Basic?patient=${linde.patient}`)],
      ['an operation', 403, 'outside-policy', () => get(`Patient/${linde.patient}/$everything`)],
      ['what is not there', 404, 'not-found', () => get(`Observation/${randomUUID()}`)],
      ['another method', 405, 'method-not-allowed', () => asking.fetch(`${fhir}/Observation/1`, { method: 'DELETE', headers: { authorization: `Bearer ${token}` } })],
      ['something unreadable', 400, 'unreadable-resource', () => post('{')],
      ['something else than a measurement or a report', 400, 'unreadable-resource', () => post('{"resourceType":"Observation"}')],
      ['a blood pressure that cannot be', 422, 'invalid-resource', () => post(JSON.stringify(resourceOf({ kind: 'blood-pressure', input: { systolic: 80, diastolic: 140, measuredAt: new Date().toISOString() } }, { id: randomUUID(), patient: linde.patient })))],
      ['what may not be written', 403, 'outside-policy', () => post('{"resourceType":"Patient"}', 'application/fhir+json', 'Patient')],
      ['another content type', 415, 'unsupported-media-type', () => post('x', 'text/plain')],
    ];
    for (const [what, status, code, send] of requests) {
      const response = await send();
      const { id } = (await response.json()) as { readonly id: string };
      expect([what, response.status]).toEqual([what, status]);
      const { endpoint, repair } = await linde.operator.decision(id);
      expect([what, endpoint, repair?.code]).toEqual([what, 'fhir', code]);
      expect(await linde.operator.logRows(id)).toEqual([expect.objectContaining({ name: 'fhir.refused', reference: id })]);
    }
  });

  it('of strangers who come by the hundred leaves a bounded number of records, and every one of them is told where hers is', async () => {
    const before = await countRecords();
    const fetch = network.connect();
    const references = new Set<string>();
    for (let count = 0; count < 300; count += 1) {
      const response = await fetch(`${linde.door}/fhir/${linde.name}/Patient/x`);
      references.add(((await response.json()) as { id: string }).id);
    }
    // A minute may have ended on the way.
    expect((await countRecords()) - before).toBeLessThanOrEqual(2 * 65);
    for (const reference of references) expect(await linde.operator.decision(reference)).toMatchObject({ endpoint: 'fhir', detail: 'token-missing' });
    const decisions: Awaited<ReturnType<typeof linde.operator.decision>>[] = [];
    for (const reference of references) decisions.push(await linde.operator.decision(reference));
    expect(decisions.some(({ collective }) => collective === true)).toBe(true);
  });
});

describe('a refusal, outside: neutral', () => {
  it.each(checks)('tells nothing of what check %i knows, neither in body nor in headers', async (_check, change) => {
    const asking = await newStrangers();
    const { headers, body } = await requestToken(asking, await change(asking));
    const { verdicts, actor, regisseur, authorization, detail, repair } = await linde.operator.decision(String(body['reference']));
    const wire = `${JSON.stringify(body)}\n${[...headers].map((header) => header.join(': ')).join('\n')}`.replaceAll(String(body['reference']), '');
    const facts = [asking.handle, asking.delegation, linde.patient, linde.did, 'e-77', 'V. Reemd', actor, regisseur, authorization, detail, repair?.code, repair?.repair];
    const inside = verdicts.flatMap(({ title, reason, repair: how, fact }) => [title, reason, how, fact.value, fact.source]);
    const told = [...facts, ...inside].filter((text): text is string => text !== undefined && text !== '' && text !== 'presentation' && text !== 'connection');
    expect(told.filter((text) => wire.includes(text))).toEqual([]);
    expect(wire).not.toMatch(/check|toets|allowlist|enrol|revoked|patient|handle/i);
  });

  const neutral = ({ status, headers, body }: TokenAnswer) => ({ status, headers: [...headers].filter(([name]) => name !== 'date'), body: JSON.stringify(body).replaceAll(uuid, '<reference>') });

  it('reads byte for byte the same, whether the client does not exist or is not theirs to ask for', async () => {
    const answers: ReturnType<typeof neutral>[] = [];
    for (const { change } of await clientsNotToBeHad()) answers.push(neutral(await requestToken(...(await change()))));
    expect(answers.map((answer) => JSON.stringify(answer))).toEqual(answers.map(() => JSON.stringify(answers[0])));
    expect(answers[0]).toMatchObject({ status: 400, body: expect.stringContaining('The request is not authorized.') });
  });

  it('takes as long, whether the client does not exist or is not theirs to ask for', async () => {
    const situations = await clientsNotToBeHad();
    await expectAlike<[Strangers, RequestChange]>(situations.map(({ name, change }) => ({ name, prepare: change, act: async (request) => void (await requestToken(...request)) })));
  });

  it('of FHIR reads and takes the same, whether another patient is in care here or nobody is', async () => {
    const asking = await newStrangers();
    const token = await obtainToken(asking);
    const ask = async (path: string) => {
      const { status, headers, body } = await askFhir(asking, token, path);
      return JSON.stringify({ status, headers: [...headers].filter(([name]) => name !== 'date'), body }).replaceAll(uuid, '<reference>');
    };
    const others = { 'in care': 'linde-1002', 'in care elsewhere': 'vecht-2001', nobody: 'linde-9999' };
    for (const path of [bloodPressuresOf, (patient: string) => `Patient/${patient}`]) {
      const answers = await Promise.all(Object.values(others).map((patient) => ask(path(patient))));
      expect(new Set(answers).size).toBe(1);
    }
    expect(await ask('Observation/lichaamsgewicht-1')).toBe(await ask(`Observation/${randomUUID()}`));
    await expectAlike(Object.entries(others).map(([name, patient]) => ({ name, prepare: async () => undefined, act: async () => void (await ask(bloodPressuresOf(patient))) })));
  });

  it('of a search reads and takes the same, whether somebody is in care who is not enrolled through her, or nobody is', async () => {
    await setSearchLimit(10_000);
    const asking = await newStrangers();
    const { regisseur } = asking;
    const fetch = network.connect(regisseur.certificate);
    const ask = showing(await regisseurToken(fetch, linde, regisseur), fetch);
    const client = region.file.patients.find(({ id }) => id === 'linde-1002')!;
    const search = async (terms: object) => {
      const response = await ask(`${linde.door}/anw/${linde.name}/patients/_search`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(terms) });
      return { status: response.status, body: await response.text() };
    };
    const terms = { 'in care, not enrolled through her': { familyName: client.familyName, birthDate: client.birthDate }, nobody: { familyName: 'Nergens', birthDate: client.birthDate } };
    const answers = await Promise.all(Object.values(terms).map(search));
    expect(answers[0]).toEqual(answers[1]);
    expect(FoundPatients.parse(JSON.parse(answers[0]!.body))).toEqual({ patients: [] });
    await expectAlike(Object.entries(terms).map(([name, asked]) => ({ name, prepare: async () => undefined, act: async () => void (await search(asked)) })));
  });
});

interface NotToBeHad {
  readonly name: string;
  readonly change: () => Promise<[Strangers, RequestChange]>;
}

/** Token requests for a client that this regisseur cannot authorize for, each for another reason. */
async function clientsNotToBeHad(): Promise<readonly NotToBeHad[]> {
  const [asking, ended] = [await newStrangers(), await newStrangers()];
  await linde.operator.endEnrolment(ended.enrolment);
  const ofAnother = PatientHandle.parse(region.file.patients.find(({ id }) => id === linde.patient)?.handle);
  return [
    { name: 'no such client', change: async () => [asking, await granted(asking, { handle: PatientHandle.parse(`urn:uuid:${randomUUID()}`) })] },
    { name: 'a client of another regisseur', change: async () => [asking, await granted(asking, { handle: ofAnother })] },
    { name: 'a client whose enrolment ended', change: async () => [ended, await granted(ended, {})] },
    { name: 'a delegation that was never given', change: async () => [asking, await granted(asking, { delegation: DidUrl.parse(`${linde.did}#${randomUUID()}`) })] },
  ];
}

interface Timed<Prepared> {
  readonly name: string;
  /** Not measured. */
  readonly prepare: () => Promise<Prepared>;
  readonly act: (prepared: Prepared) => Promise<void>;
}

const SAMPLES = 41;
/** Wide enough for a machine that does other work as well: what would tell is one round trip to the database in three. */
const WIDEST_RATIO = 1.5;

/** Measures in turns, so that whatever else the machine does, it does to all; the medians lie close together. */
async function expectAlike<Prepared>(situations: readonly Timed<Prepared>[]): Promise<void> {
  const times = new Map<string, number[]>(situations.map(({ name }) => [name, []]));
  for (let round = -5; round < SAMPLES; round += 1) {
    for (const { name, prepare, act } of round % 2 === 0 ? situations : [...situations].reverse()) {
      const prepared = await prepare();
      const from = performance.now();
      await act(prepared);
      if (round >= 0) times.get(name)!.push(performance.now() - from);
    }
  }
  const medians = [...times.values()].map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]!);
  expect(Math.max(...medians) / Math.min(...medians)).toBeLessThan(WIDEST_RATIO);
}

async function setSearchLimit(patientSearchesPerMinute: number): Promise<void> {
  const { status } = await fetch(`${region.file.services.custodian.operator}/operator/organisations/${linde.name}/settings`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ patientSearchesPerMinute }) });
  expect(status).toBe(200);
}

/** Behind the back of the custodian: how many decision records it keeps. */
async function countRecords(): Promise<number> {
  const { server, services } = region.file.database;
  const client = new Client({ connectionString: Object.assign(new URL(server), { pathname: new URL(services.custodian.url).pathname }).toString() });
  await client.connect();
  try {
    return Number((await client.query<{ count: string }>('SELECT count(*) FROM decision_record')).rows[0]!.count);
  } finally {
    await client.end();
  }
}
