import { type AccessToken, createAnonymousRefusals, decide, hashToken, type RequestFacts } from '@anw/authorization';
import { certificateOf, checkPortsOf, createTestCustodian, createTestParties, dpopPorts, exampleRequestFacts, type TestCustodian, validLists } from '@anw/testing/parties';
import type { CredentialStatuses } from '@anw/credentials';
import { randomBytes, randomUUID } from 'node:crypto';
import type { CreateResult, FhirSource, StoredResource } from '../../fhir-source.js';
import type { IdentifiedResource } from '../../fhir-resource.js';
import { createBloodPressure } from '../../measurement/blood-pressure.js';
import { createSearchCursors } from '../search-cursor.js';
import { answerFhirRequest } from './answer-fhir-request.js';
import type { FhirAnswer, FhirServer, IncomingFhirRequest } from './fhir-server.js';

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

interface Situation {
  /** Changes one fact of the token request that all eight checks granted. */
  readonly facts?: Partial<RequestFacts>;
  readonly token?: Partial<AccessToken>;
  readonly lists?: CredentialStatuses;
  readonly source?: (held: TestCustodian) => Partial<FhirSource>;
  /** What happened at the custodian since the token was granted. */
  readonly since?: (held: TestCustodian) => Promise<unknown>;
  readonly auditFails?: boolean;
}

/** A custodian with one patient, and a token that was granted a moment ago. */
async function createSituation({ facts, token, lists = validLists, source, since, auditFails = false }: Situation = {}) {
  const held = await createTestCustodian(parties, now);
  const { access } = await decide(exampleRequestFacts(parties, held, now, facts), checkPortsOf(held, parties));
  if (access === undefined) throw new Error('the example must be granted');
  await held.records.tokens.saveToken({
    hash: hashToken(text),
    scope: 'anw-zorg-2022',
    issuedAt: now,
    expiresAt: new Date(now.getTime() + 300_000),
    certificateThumbprint: certificate.thumbprint,
    facts: access,
    decision: randomUUID(),
    ...token,
  });
  await since?.(held);

  const created: unknown[] = [];
  const asked: unknown[] = [];
  const patients: FhirSource = {
    readPatient: async (patient) => (patient === held.patient ? stored(patientOf(held)) : undefined),
    readWritten: async () => undefined,
    search: async (search) => (asked.push(search), { total: 1, matches: [stored(bloodPressureOf(held.patient))], included: [] }),
    create: async (draft): Promise<CreateResult> => (created.push(draft), { outcome: 'created', stored: stored({ ...draft.body, id: 'o1' }) }),
    ...source?.(held),
  };
  const { replays, ...dpop } = dpopPorts(now);
  const { records } = held;
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
    transaction: (work) =>
      records.transaction(() =>
        work({
          findToken: records.tokens.findStandingToken,
          isInCare: records.isInCare,
          replays,
          source: patients,
          decisions: records.decisions,
          audit: auditFails ? { append: () => Promise.reject(new Error('disk full')) } : records.audit,
        }),
      ),
  };
  const request = (change: Partial<IncomingFhirRequest> = {}): Promise<FhirAnswer> =>
    answerFhirRequest({ method: 'GET', path: `/Patient/${held.patient}`, query: '', headers: { authorization: `Bearer ${text}` }, body: undefined, certificate, ...change }, server);
  return { held, request, created, asked, log: () => records.state.audit, decisions: () => records.state.decisions };
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
  const pressure = (patient: TestCustodian['patient']) => createBloodPressure({ id: bloodPressureId, patient, systolic: 138, diastolic: 84, measuredAt: now });

  it('is stored under the patient and authorization of the token, with its row in the log', async () => {
    const { held, request, created, log } = await createSituation();
    expect(await request(write({}, pressure(held.patient)))).toMatchObject({ status: 201 });
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
    const impossible = createBloodPressure({ id: bloodPressureId, patient: held.patient, systolic: 80, diastolic: 140, measuredAt: now });
    expect(await request(write({}, impossible))).toMatchObject({ status: 422, body: { issue: expect.arrayContaining([expect.objectContaining({ severity: 'error', diagnostics: 'BP-ORDER', expression: ['Observation.component'] })]) } });
    expect(decisions()).toMatchObject([{ outcome: 'invalid', failure: 'invalid-resource', detail: expect.stringContaining('BP-ORDER') }]);
    // As a number of its own; ids may hold the digits.
    expect(JSON.stringify(decisions())).not.toMatch(/(?<![\w-])140(?![\w-])/);
    expect(created).toEqual([]);
  });

  it('under an identifier that is taken by other content is refused', async () => {
    const { held, request, log } = await createSituation({ source: () => ({ create: async () => ({ outcome: 'duplicate' }) }) });
    expect((await request(write({}, pressure(held.patient)))).status).toBeGreaterThanOrEqual(400);
    expect(log()).toMatchObject([{ name: 'fhir.refused' }]);
  });
});
