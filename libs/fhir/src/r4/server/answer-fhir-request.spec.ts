import { type AccessToken, type GrantedResource, anw2022Resources, createAnonymousRefusals, decide, hashToken, homeAccessResource, type RequestFacts } from '@anw/authorization';
import { certificateOf, checkPortsOf, createTestCustodian, createTestParties, dpopPorts, exampleRequestFacts, type TestCustodian, validLists } from '@anw/testing/parties';
import type { CredentialStatuses } from '@anw/credentials';
import { HomeAccessId, PatientId } from '@anw/values';
import { randomBytes, randomUUID } from 'node:crypto';
import type { CreateResult, FhirSource, PointedAt, StoredResource } from '../../fhir-source.js';
import type { IdentifiedResource } from '../../fhir-resource.js';
import { resourceOf } from '../../write-back/write-kinds.js';
import { createSearchCursors } from '../search-cursor.js';
import { answerFhirRequest } from './answer-fhir-request.js';
import type { FhirAnswer, FhirServer, FhirStores, IncomingFhirRequest } from './fhir-server.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { actor, custodian, regisseur } = parties;
const certificate = certificateOf(actor);
const text = randomBytes(32).toString('base64url');
const base = 'https://bron.example/fhir/bron';
const bloodPressureId = '0d6a2c0e-1f64-4d52-8d8b-2a2b1d3c4e5f';

const stored = (resource: IdentifiedResource): StoredResource => ({ resource, version: 2, lastUpdated: now });
const bloodPressureOf = (patient: string): IdentifiedResource => ({
  resourceType: 'Observation',
  id: 'o1',
  code: { coding: [{ system: 'http://loinc.org', code: '85354-9' }] },
  subject: { reference: `Patient/${patient}` },
});
/** A search of the policy; test patients all have this id. */
const bloodPressures = { path: '/Observation', query: 'patient=Patient/patient-1&code=http://loinc.org%7C85354-9&_sort=-date&_count=5' };
const patientOf = ({ patient }: TestCustodian): IdentifiedResource => ({ resourceType: 'Patient', id: patient, name: [{ family: 'De Boer' }] });

/** How to get in at the patient of the token, unless it is said to be another's. */
const homeAccess = { id: HomeAccessId.parse('5b1f0a52-7a34-4a57-9a0c-9a1f3c1f7f10'), says: 'Sleutelkast links, code 4711-MARKER' };

interface Situation {
  /** What the authorization holds. */
  readonly resources?: readonly GrantedResource[];
  readonly door?: { readonly id?: HomeAccessId; readonly of?: PatientId; readonly says?: string };
  /** Changes one fact of the token request that all eight checks granted. */
  readonly facts?: Partial<RequestFacts>;
  readonly token?: Partial<AccessToken>;
  readonly lists?: CredentialStatuses;
  readonly source?: (held: TestCustodian) => Partial<FhirSource>;
  /** What happened at the custodian since the token was granted. */
  readonly since?: (held: TestCustodian) => Promise<unknown>;
  readonly auditFails?: boolean;
  /** What the log says this authorization was given. */
  readonly given?: readonly string[];
}

/** A custodian with one patient, and a token that was granted a moment ago. */
async function createSituation({ facts, token, lists = validLists, source, since, auditFails = false, given = [], door: doorChange, resources }: Situation = {}) {
  const door = { ...homeAccess, ...doorChange } as typeof homeAccess & { readonly of?: PatientId };
  const held = await createTestCustodian(parties, now);
  const { access } = await decide(exampleRequestFacts(parties, held, now, facts), checkPortsOf(held, parties));
  if (access === undefined) throw new Error('the example must be granted');
  const opened = resources === undefined ? access : { ...access, authorization: { ...access.authorization, resources } };
  await held.records.tokens.saveToken({
    hash: hashToken(text),
    scope: 'anw-zorg-2022',
    issuedAt: now,
    expiresAt: new Date(now.getTime() + 300_000),
    certificateThumbprint: certificate.thumbprint,
    facts: opened,
    decision: randomUUID(),
    ...token,
  });
  await since?.(held);

  const created: unknown[] = [];
  const noted: unknown[] = [];
  const asked: unknown[] = [];
  const patients: FhirSource = {
    readPatient: async (patient) => (patient === held.patient ? stored(patientOf(held)) : undefined),
    readWritten: async () => undefined,
    readReferred: async () => [],
    readPointedAt: async () => undefined,
    search: async (search) => (asked.push(search), { total: 1, matches: [stored(bloodPressureOf(held.patient))], included: [] }),
    findRepeat: async () => undefined,
    create: async (draft): Promise<CreateResult> => (created.push(draft), { outcome: 'created', stored: stored({ ...draft.body, id: 'o1' }) }),
    ...source?.(held),
  };
  const { replays, ...dpop } = dpopPorts(now);
  const { records } = held;
  const stores: FhirStores = {
    findToken: records.tokens.findStandingToken,
    spendToken: records.tokens.spendToken,
    isInCare: records.isInCare,
    replays,
    enrichments: { record: async (enrichment) => noted.push(enrichment) > 0 },
    homeAccess: { readHomeAccess: async ({ id, patient }) => (id === door.id && patient === (door.of ?? held.patient) ? door.says : undefined) },
    decisions: records.decisions,
    findGiven: async () => given,
    audit: auditFails ? { append: () => Promise.reject(new Error('disk full')) } : records.audit,
  };
  const server: FhirServer = {
    organisation: { did: custodian.did, displayName: 'Thuiszorg Bron' },
    base,
    softwareVersion: '1.0.0',
    lists,
    maxAuthorizationSeconds: 24 * 3600,
    dpop,
    anonymous: createAnonymousRefusals({ perMinute: 3 }),
    cursors: createSearchCursors(new Uint8Array(32), randomBytes),
    clock: () => now,
    randomUuid: randomUUID,
    transaction: (work) => records.transaction(() => work(stores)),
    withSource: (ask, settle) => records.transaction(async () => settle(await ask(patients), stores)),
  };
  const request = (change: Partial<IncomingFhirRequest> = {}): Promise<FhirAnswer> =>
    answerFhirRequest({ method: 'GET', path: `/Patient/${held.patient}`, query: '', headers: { authorization: `Bearer ${text}` }, body: undefined, certificate, ...change }, server);
  return { held, request, created, noted, asked, log: () => records.state.audit, decisions: () => records.state.decisions };
}

async function revokeByPush({ records }: TestCustodian): Promise<void> {
  const token = await records.tokens.findToken(hashToken(text));
  if (token?.facts.kind === 'patient-access') await records.revocations.addRevocation(token.facts.authorization.id, regisseur.did, now);
}

const write = (change: Partial<IncomingFhirRequest>, resource: object): Partial<IncomingFhirRequest> => ({
  method: 'POST',
  path: '/Observation',
  headers: { authorization: `Bearer ${text}`, 'content-type': 'application/fhir+json' },
  body: new TextEncoder().encode(JSON.stringify(resource)),
  ...change,
});

describe('disclosure at the FHIR endpoint (design D9, D17)', () => {
  it('goes to whom all eight checks granted a token, and is in the log with who, for whom and why', async () => {
    const { held, request, log } = await createSituation();
    expect(await request()).toMatchObject({ status: 200, body: { resourceType: 'Patient', id: held.patient } });
    expect(log()).toMatchObject([{ name: 'fhir.read', outcome: 'success', patient: held.patient, actor: actor.did, regisseur: regisseur.did, practitioner: { identifier: 'e-10442' }, resources: [`Patient/${held.patient}/_history/2`], grounds: [held.delegation, `urn:uuid:${held.row}`, `urn:uuid:${held.enrolment}`] }]);
  });

  it('of a search asks the source for the patient of the token, and names every version that left in the log', async () => {
    const { held, request, asked, log } = await createSituation();
    expect(await request(bloodPressures)).toMatchObject({ status: 200, body: { resourceType: 'Bundle', total: 1 } });
    expect(asked).toMatchObject([{ patient: held.patient }]);
    expect(log()).toMatchObject([{ name: 'fhir.search', outcome: 'success', patient: held.patient, resources: ['Observation/o1/_history/2'] }]);
  });

  it.each([
    ['a read', {}],
    ['a search', bloodPressures],
  ])('does not take place in %s when its log row cannot be written', async (_, change) => {
    const { request, log } = await createSituation({ auditFails: true });
    await expect(request(change)).rejects.toThrow('disk full');
    expect(log()).toEqual([]);
  });

  it('never holds what is of another patient, even when the source gives it', async () => {
    const { request, log } = await createSituation({ source: () => ({ search: async () => ({ total: 1, matches: [stored(bloodPressureOf('somebody-else'))], included: [] }) }) });
    const answer = await request(bloodPressures);
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('somebody-else');
    expect(log()).toMatchObject([{ name: 'fhir.refused', outcome: 'major-failure' }]);
  });

  it('of what the service is needs no token', async () => {
    const { request } = await createSituation();
    expect(await request({ path: '/metadata', headers: {}, certificate: undefined })).toMatchObject({ status: 200, body: { resourceType: 'CapabilityStatement' } });
  });
});

describe('read of what a given resource points at (§10.1)', () => {
  const specimen = (patient: string): IdentifiedResource => ({ resourceType: 'Specimen', id: 's1', subject: { reference: `Patient/${patient}` } });
  const line = (patient: string): IdentifiedResource => ({
    resourceType: 'Observation',
    id: 'l1',
    code: { coding: [{ system: 'http://snomed.info/sct', code: '255362007' }] },
    subject: { reference: `Patient/${patient}` },
    valueString: 'Kortademig.',
  });

  it('asks the source with what the log says was given, of the types that may point there', async () => {
    const wanted: PointedAt[] = [];
    const { held, request, log } = await createSituation({
      given: ['Observation/o1', 'Composition/c1', 'PractitionerRole/r1'],
      source: ({ patient }) => ({ readPointedAt: async (asked) => (wanted.push(asked), stored(specimen(patient))) }),
    });
    expect(await request({ path: '/Specimen/s1' })).toMatchObject({ status: 200, body: { resourceType: 'Specimen', id: 's1' } });
    expect(wanted).toEqual([{ type: 'Specimen', id: 's1', patient: held.patient, given: ['Observation/o1'], by: [{ from: 'Observation', path: ['specimen'] }] }]);
    expect(log()).toMatchObject([{ name: 'fhir.read', outcome: 'success', query: 'Specimen/s1', resources: ['Specimen/s1/_history/2'] }]);
  });

  it('gives a line of a SOAP report', async () => {
    const { request } = await createSituation({ given: ['Composition/c1'], source: ({ patient }) => ({ readPointedAt: async ({ by }) => (by[0]?.from === 'Composition' ? stored(line(patient)) : undefined) }) });
    expect(await request({ path: '/Observation/l1' })).toMatchObject({ status: 200, body: { valueString: 'Kortademig.' } });
  });

  it('gives no other Observation that a report points at', async () => {
    const { request } = await createSituation({ given: ['Composition/c1'], source: ({ patient }) => ({ readPointedAt: async () => stored(bloodPressureOf(patient)) }) });
    expect((await request({ path: '/Observation/o1' })).status).toBe(404);
  });

  it.each(['Specimen/s1', 'Observation/l1'])('never gives %s when it says of nobody that it is theirs', async (reference) => {
    const [resourceType = '', id = ''] = reference.split('/');
    const { request } = await createSituation({ given: ['Observation/o1', 'Composition/c1'], source: () => ({ readPointedAt: async () => stored({ resourceType, id, code: line('')['code'] }) }) });
    expect((await request({ path: `/${reference}` })).status).toBe(500);
  });

  it('never gives another patient’s, even when the source does', async () => {
    const { request, log } = await createSituation({ given: ['Observation/o1'], source: () => ({ readPointedAt: async () => stored(specimen('somebody-else')) }) });
    const answer = await request({ path: '/Specimen/s1' });
    expect(answer.status).toBe(500);
    expect(JSON.stringify(answer.body)).not.toContain('somebody-else');
    expect(log()).toMatchObject([{ name: 'fhir.refused', outcome: 'major-failure' }]);
  });

  it('never gives another resource than was asked for, even when the source does', async () => {
    const { request } = await createSituation({ given: ['Observation/o1'], source: ({ patient }) => ({ readPointedAt: async () => stored({ ...specimen(patient), id: 's2' }) }) });
    expect((await request({ path: '/Specimen/s1' })).status).toBe(500);
  });

  it('is refused like what is not there, and in the log', async () => {
    const { request, log } = await createSituation();
    const answer = await request({ path: '/Specimen/s1' });
    expect(answer).toMatchObject({ status: 404, body: { issue: [{ code: 'not-found' }] } });
    expect(log()).toMatchObject([{ name: 'fhir.refused', reason: 'absent-or-of-another' }]);
  });
});

describe('refusal at the FHIR endpoint (design D15, D16)', () => {
  const bearer = (value: string | undefined) => ({ headers: { authorization: value } });

  it.each<[string, number, string, Partial<IncomingFhirRequest>, Situation]>([
    ['without a token', 401, 'token-missing', bearer(undefined), {}],
    ['with something that is no token', 401, 'token-malformed', bearer('Bearer geheim'), {}],
    ['with a token that nobody issued', 401, 'token-unknown', bearer(`Bearer ${'A'.repeat(43)}`), {}],
    ['with a token that has expired', 401, 'token-expired', {}, { token: { expiresAt: now } }],
    ['over another certificate', 401, 'token-of-another-certificate', { certificate: certificateOf(regisseur) }, {}],
    ['without a certificate', 401, 'token-of-another-certificate', { certificate: undefined }, {}],
    ['with a token for another scope', 403, 'token-of-another-scope', {}, { token: { scope: 'anw-regisseur', facts: { kind: 'organisation-access', client: actor.did } } }],
    ['for another patient', 403, 'another-patient', { path: '/Patient/somebody-else' }, {}],
    ['of a type that the policy does not list', 403, '', { path: '/Condition/c1' }, {}],
    ['by a method that the policy does not know', 405, 'method', { method: 'DELETE' }, {}],
    ['with a parameter that the policy does not list', 400, '', { path: '/Patient', query: 'name=boer' }, {}],
  ])('%s is %i, one row in the log and one decision record, and says nothing of the patient', async (_, status, reason, change, situation) => {
    const { held, request, log, decisions, asked } = await createSituation(situation);
    const answer = await request(change);
    expect(answer).toMatchObject({ status, body: { resourceType: 'OperationOutcome', id: log()[0]!.reference } });
    expect(decisions()).toMatchObject([{ reference: log()[0]!.reference, endpoint: 'fhir', outcome: status === 403 ? 'denied' : 'invalid', detail: log()[0]!.reason }]);
    expect(JSON.stringify(answer.body)).not.toContain(held.patient);
    expect(log()).toHaveLength(1);
    expect(log()[0]).toMatchObject({ name: 'fhir.refused', reason: expect.stringContaining(reason) });
    expect(asked).toEqual([]);
  });

  it('by method names those that there are (RFC 9110 §15.5.6)', async () => {
    const { request } = await createSituation();
    expect((await request({ method: 'PUT' })).headers).toEqual({ allow: 'GET, POST' });
  });

  it.each<[string, string, Situation]>([
    ['the authorization was revoked by a push', 'authorization-revoked', { since: revokeByPush }],
    ['a status list says that it was revoked', 'authorization-revoked', { lists: { statusOf: async () => ({ status: 'revoked' }) } }],
    ['its status cannot be established', 'authorization-status-unknown', { lists: { statusOf: async () => ({ status: 'unknown', detail: 'unreachable' }) } }],
    ['the row on the allowlist was ended', 'regisseur-not-on-allowlist', { since: ({ records, row }) => records.allowlist.endRow(row, now) }],
    ['the delegation was revoked', 'delegation-not-valid', { since: ({ records }) => records.allowlist.revokeDelegations(regisseur.did, now) }],
    ['the enrolment was ended', 'patient-not-enrolled', { since: ({ records, enrolment }) => records.enrolments.endEnrolment(enrolment, now) }],
    ['the patient left care', 'patient-not-in-care', { since: async ({ records, patient }) => records.inCare.delete(patient) }],
  ])('when %s since the token was granted leaves a decision record under the reference that it tells', async (_, reason, situation) => {
    const { request, log, decisions } = await createSituation(situation);
    const answer = await request();
    expect(answer.status).toBe(403);
    expect(decisions()).toMatchObject([{ outcome: 'denied', firstDenial: { reason } }]);
    expect(log()).toMatchObject([{ name: 'fhir.refused', outcome: 'serious-failure', reference: decisions()[0]!.reference }]);
    expect(JSON.stringify(answer.body)).toContain(decisions()[0]!.reference);
    expect(JSON.stringify(answer.body)).not.toContain(reason);
  });

  it('with a good token keeps what checks 5 to 8 said, and which decision the token came from', async () => {
    const { held, request, decisions } = await createSituation();
    await request({ path: '/Patient/somebody-else' });
    const token = await held.records.tokens.findToken(hashToken(text));
    expect(decisions()).toMatchObject([{ actor: actor.did, regisseur: regisseur.did, tokenDecision: token!.decision }]);
    expect(decisions()[0]!.verdicts.map(({ check, granted }) => [check, granted])).toEqual([5, 6, 7, 8].map((check) => [check, true]));
    expect(decisions()[0]).not.toHaveProperty('firstDenial');
  });

  it('of whoever has a token for something else knows whose it is', async () => {
    const { request, log, decisions } = await createSituation({ token: { scope: 'anw-regisseur', facts: { kind: 'organisation-access', client: actor.did } } });
    await request();
    expect([log()[0]!.actor, decisions()[0]!.actor]).toEqual([actor.did, actor.did]);
  });

  it('of strangers who come by the hundred leaves one record and one row for all that are alike, and each is told where they are', async () => {
    const { request, log, decisions } = await createSituation();
    const answers: FhirAnswer[] = [];
    for (let count = 0; count < 100; count += 1) answers.push(await request(bearer(count % 2 === 0 ? undefined : 'Bearer geheim')));
    // Three have one each in these specifications, then one for each kind.
    expect([decisions().length, log().length]).toEqual([5, 5]);
    expect(decisions().map(({ collective = false }) => collective)).toEqual([false, false, false, true, true]);
    const kept = decisions().map(({ reference }) => reference);
    expect(answers.every(({ body }) => kept.includes((body as { id: string }).id))).toBe(true);
  });

  it('of strangers never shares a record with somebody who is known', async () => {
    const { request, decisions } = await createSituation();
    for (let count = 0; count < 10; count += 1) await request(bearer(undefined));
    await request({ path: '/Patient/somebody-else' });
    expect(decisions().at(-1)).toMatchObject({ actor: actor.did, detail: 'another-patient' });
  });

  it('is not told when its log row cannot be written', async () => {
    const { request } = await createSituation({ auditFails: true });
    await expect(request(bearer(undefined))).rejects.toThrow('disk full');
  });
});

describe('write-back at the FHIR endpoint (design D18)', () => {
  const pressure = (patient: TestCustodian['patient']) => resourceOf({ kind: 'blood-pressure', input: { systolic: 138, diastolic: 84, measuredAt: now.toISOString() } }, { id: bloodPressureId, patient });

  it('is stored under the patient and authorization of the token, with its row in the log', async () => {
    const { held, request, created, noted, log } = await createSituation();
    expect(await request(write({}, pressure(held.patient)))).toMatchObject({ status: 201 });
    expect(noted).toMatchObject([{ type: 'Observation', resource: 'o1', patient: held.patient, actor: actor.did, regisseur: regisseur.did, practitioner: { identifier: 'e-10442' } }]);
    expect(created).toMatchObject([{ body: { meta: { tag: [{ system: 'urn:anw:origin', code: 'out-of-hours' }] } } }]);
    expect(created).toMatchObject([{ patient: held.patient, origin: { actor: actor.did, regisseur: regisseur.did, practitioner: { identifier: 'e-10442' } } }]);
    expect(log()).toMatchObject([{ name: 'fhir.create', outcome: 'success', patient: held.patient }]);
  });

  it('about another patient stores nothing', async () => {
    const { request, created, log, decisions } = await createSituation();
    const answer = await request(write({}, pressure('somebody-else' as never)));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(created).toEqual([]);
    expect(log()).toMatchObject([{ name: 'fhir.refused' }]);
    expect(decisions()).toMatchObject([{ endpoint: 'fhir', reference: log()[0]!.reference }]);
  });

  it('of values that cannot be tells which element to correct, keeps which rule, and stores nothing', async () => {
    const { held, request, created, decisions } = await createSituation();
    const impossible = resourceOf({ kind: 'blood-pressure', input: { systolic: 80, diastolic: 140, measuredAt: now.toISOString() } }, { id: bloodPressureId, patient: held.patient });
    expect(await request(write({}, impossible))).toMatchObject({ status: 422, body: { issue: expect.arrayContaining([expect.objectContaining({ severity: 'error', diagnostics: 'BP-ORDER', expression: ['Observation.component'] })]) } });
    expect(decisions()).toMatchObject([{ outcome: 'invalid', failure: 'invalid-resource', detail: expect.stringContaining('BP-ORDER') }]);
    // As a number of its own; ids may hold the digits.
    expect(JSON.stringify(decisions())).not.toMatch(/(?<![\w-])140(?![\w-])/);
    expect(created).toEqual([]);
  });

  it('that was stored before is answered with its first result, though the record would refuse it by now', async () => {
    const { held, request, created, log } = await createSituation({ source: ({ patient }) => ({ search: async () => ({ total: 0, matches: [], included: [] }), findRepeat: async (draft) => stored({ ...draft.body, id: `first-of-${patient}` }) }) });
    const resource = resourceOf(
      {
        kind: 'medication-administration',
        input: { product: { list: 'PRK', code: '17469', name: 'Ibuprofen' }, given: true, dose: { amount: 1, unit: 'stuk' }, route: { code: '9', name: 'oraal' }, administeredAt: now.toISOString() },
      },
      { id: bloodPressureId, patient: held.patient },
    );
    expect(await request(write({ path: '/MedicationAdministration' }, resource))).toMatchObject({ status: 200, headers: { location: expect.stringContaining(`first-of-${held.patient}`) } });
    expect(created).toEqual([]);
    expect(log()).toMatchObject([{ name: 'fhir.create', outcome: 'success', reason: 'repeat' }]);
  });

  it('that the record refuses is refused, and stores nothing', async () => {
    const { held, request, created } = await createSituation();
    const resource = resourceOf(
      { kind: 'medication-use', input: { product: { reference: 'Medication/nowhere' }, use: 'active', source: 'practitioner', assertedAt: now.toISOString() } },
      { id: bloodPressureId, patient: held.patient },
    );
    expect(await request(write({ path: '/MedicationStatement' }, resource))).toMatchObject({ status: 422, body: { issue: [{ diagnostics: 'MED-PRODUCT', expression: ['MedicationStatement.medication'] }] } });
    expect(created).toEqual([]);
  });

  it('under an identifier that is taken by other content is refused', async () => {
    const { held, request, log } = await createSituation({ source: () => ({ create: async () => ({ outcome: 'duplicate' }) }) });
    expect((await request(write({}, pressure(held.patient)))).status).toBeGreaterThanOrEqual(400);
    expect(log()).toMatchObject([{ name: 'fhir.refused' }]);
  });
});

describe('home access at the FHIR endpoint (spec anw-fhir-profiles §3.7, §10.1)', () => {
  const { id, says } = homeAccess;
  const resources = [...anw2022Resources, homeAccessResource(id)];
  /** A token for the home, on an authorization that names this one. */
  const forHome = (change: Situation = {}) => createSituation({ token: { scope: 'anw-home-access' }, resources, ...change });
  const look = (change: Partial<IncomingFhirRequest> = {}, reason: string | undefined = 'no-answer'): Partial<IncomingFhirRequest> => ({
    path: `/Location/${id}`,
    headers: { authorization: `Bearer ${text}`, ...(reason !== undefined && { 'anw-reason': reason }) },
    ...change,
  });

  it('is revealed to whom the authorization names it, with a line of its own in the log that tells why and not what', async () => {
    const { held, request, log } = await forHome();
    expect(await request(look())).toEqual({ status: 200, body: { resourceType: 'Location', id, status: 'active', mode: 'instance', description: says } });
    expect(log()).toMatchObject([{ name: 'home-access.revealed', outcome: 'success', reason: 'no-answer', patient: held.patient, practitioner: { identifier: 'e-10442' }, resources: [`Location/${id}`] }]);
    expect(JSON.stringify(log())).not.toContain('MARKER');
  });

  it('is revealed once per token, however many ask with it at the same moment', async () => {
    const { request } = await forHome();
    const statuses = (await Promise.all(Array.from({ length: 8 }, () => request(look())))).map(({ status }) => status);
    expect(statuses.toSorted((one, other) => one - other)).toEqual([200, ...Array<number>(7).fill(401)]);
    expect(await request(look())).toMatchObject({ status: 401 });
  });

  it('is not revealed when its line in the log cannot be written', async () => {
    const { request } = await forHome({ auditFails: true });
    await expect(request(look())).rejects.toThrow('disk full');
  });

  it.each([
    ['is absent', { door: { id: HomeAccessId.parse('00000000-0000-4000-8000-000000000001') } }, {}],
    ['is another patient’s', { door: { of: PatientId.parse('somebody-else') } }, {}],
    ['is not named by the authorization', { resources: [...anw2022Resources] }, {}],
    ['is another than the one named', { resources: [...anw2022Resources, homeAccessResource(HomeAccessId.parse('00000000-0000-4000-8000-000000000002'))] }, {}],
    ['needs a higher level than the nurse is known at', { resources: [...anw2022Resources, homeAccessResource(id, 'high')] }, {}],
    ['has a name of another form', {}, { path: '/Location/1' }],
  ] as const)('answers alike, and records it, when it %s', async (_, situation, change) => {
    const { request, log } = await forHome(situation);
    const { body, status } = await request(look(change));
    expect({ status, body: { ...body, id: 'reference' } }).toEqual({ status: 404, body: { resourceType: 'OperationOutcome', id: 'reference', issue: [{ severity: 'error', code: 'not-found', details: { text: 'Geen toegang.' } }] } });
    expect(log()).toMatchObject([{ name: 'home-access.refused', outcome: 'minor-failure' }]);
  });

  it.each([
    ['no reason', undefined],
    ['a reason of her own', 'ik moet erin'],
    ['two reasons', 'no-answer, agreed'],
  ])('wants a reason that it knows: refused with %s', async (_, reason) => {
    const { request, log } = await forHome();
    const headers: Record<string, string> = { authorization: `Bearer ${text}`, ...(reason !== undefined && { 'anw-reason': reason }) };
    expect(await request(look({ headers }))).toMatchObject({ status: 400 });
    expect(log()).toMatchObject([{ name: 'home-access.refused', reason: 'home-access-reason' }]);
  });

  it('is nothing that a token for the record opens, nor the other way round', async () => {
    const record = await forHome({ token: {} });
    expect(await record.request(look())).toMatchObject({ status: 403 });
    expect(record.log()).toMatchObject([{ name: 'home-access.refused', reason: 'token-of-another-scope' }]);
    const home = await forHome();
    expect(await home.request()).toMatchObject({ status: 403 });
    expect(await home.request(bloodPressures)).toMatchObject({ status: 403 });
  });

  it.each([
    ['a search', { path: '/Location', query: '' }],
    ['a search by id', { path: '/Location', query: `_id=${id}` }],
    ['a version', { path: `/Location/${id}/_history/1` }],
    ['its history', { path: `/Location/${id}/_history` }],
    ['an include of Patient', { path: '/Patient', query: 'patient=patient-1&_include=Patient:location' }],
    ['a write', { method: 'POST', path: '/Location' }],
  ])('is not reached by %s', async (_, change) => {
    const { request } = await forHome({ token: {} });
    const answer = await request(look(change));
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(answer.body)).not.toContain('MARKER');
  });

  it('is gone as soon as the authorization is taken back', async () => {
    const { request, log } = await forHome({ since: revokeByPush });
    expect(await request(look())).toMatchObject({ status: 403 });
    expect(log()).toMatchObject([{ name: 'home-access.refused' }]);
  });
});
