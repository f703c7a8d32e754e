import { AuthorizationView, VisitRouteView } from '@anw/api-contracts';
import { anw2022Resources, createDpopProof } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, ANW_AUTHORIZATION_SCOPE, ANW_PRACTITIONERS_SCOPE, ANW_REGISSEUR_SCOPE, createPresentation, type ParsedCredential } from '@anw/credentials';
import { resourceOf } from '@anw/fhir';
import { createEvent, type NotificationEvent, NOTIFICATION_MEDIA_TYPE, signEvent } from '@anw/notifications';
import type { OutboundFetch } from '@anw/outbound';
import { type ProblemName, problemTypes } from '@anw/platform';
import { ask, castOf, createOperatorClient, createStoryContext, type Region, serviceNames, sampleDecisionTree } from '@anw/region';
import { createTestParty } from '@anw/testing/parties';
import { Did, type DidUrl, EmployeeIdentifier } from '@anw/values';
import { createHash, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { deskOf, putStrangerOnDuty, type StrangerOnDuty } from './support/assigned-stranger.js';
import { type DocumentedRoute, readDocumentedRoutes } from './support/documented-routes.js';
import { type HeldToken, holdToken, type ProtectedRequest, send, type Showing, showToken } from './support/held-token.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { createRawClient, type RawAnswer, type RawClient } from './support/raw-request.js';
import { sessionCookieOf } from './support/session-cookie.js';
import { openStaffSession, sessionCookieNameAt } from './support/staff-session.js';
import { authorizationOf, employeeOf, hoursFromNow, newId, organisationOf, selfAttestedEmployee } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, introduceStrangers, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';
import { requestToken } from './support/token-request.js';
import { attemptsOf, type ExpectedAnswer, type Protection, seenOf } from './support/wrong-callers.js';

const reference: unknown = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
const SECOND = 1 / 3600;
const algorithms = expect.stringMatching(/^Bearer, DPoP algs="[A-Za-z0-9 ]+"$/) as unknown as string;
const dpopChallenge = (error: string) => expect.stringMatching(new RegExp(`^DPoP error="${error}", algs="[A-Za-z0-9 ]+"$`)) as unknown as string;

let region: Region;
let network: PartnerNetwork;
let routes: readonly DocumentedRoute[];
let raw: RawClient;
let linde: AskedCustodian;
let vecht: AskedCustodian;
let strangers: Strangers;

/** Each kind of token, as its holder has it. */
interface Tokens {
  readonly good: HeldToken;
  readonly overCertificate: HeldToken;
  readonly expired: HeldToken;
}
let record: Tokens & { readonly revoked: HeldToken; readonly atLowAssurance: HeldToken };
let desk: Tokens & { readonly revoked: HeldToken };
let delivery: Tokens & { readonly authorization: string; readonly revokedAuthorization: string; readonly ofAnotherActor: HeldToken };
let duty: Tokens & { readonly revoked: HeldToken };
let onDuty: StrangerOnDuty;
let visit: string;
const cookies: Record<string, string> = {};

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  network = await openPartnerNetwork(region);
  routes = await readDocumentedRoutes(region.file);
  raw = createRawClient(network.authority.certificatePem);
  [linde, vecht] = [custodianNamed(region, 'de-linde'), custodianNamed(region, 'vecht')];
  strangers = await introduceStrangers(network, linde);
  onDuty = await putStrangerOnDuty(region, network, 0);
  [record, desk, delivery, duty] = [await recordTokens(), await deskTokens(), await deliveryTokens(), await dutyTokens()];
  visit = await visitOfNoor();
  for (const username of ['tess', 'noor', 'sem', 'ravi', 'petra', 'fatima']) cookies[username] = (await sessionCookieOf(region.file, username)).cookie;
  // Longer than what was made to last for a few seconds.
  await sleep(4_000);
});

afterAll(async () => {
  await network?.close();
  await region?.stop();
});

const shortly = () => hoursFromNow(-1, 4 * SECOND);

/** Tokens for a patient's record at De Linde (scope `anw-zorg-2022`). */
async function recordTokens(): Promise<typeof record> {
  const hold = async (change: { readonly authorization?: Parameters<typeof authorizationOf>[1]; readonly employee?: ParsedCredential['raw']; readonly boundTo?: 'certificate' } = {}) => {
    const credentials = [await organisationOf(strangers.actor), change.employee ?? (await employeeOf(strangers.actor)), await authorizationOf(strangers, change.authorization)];
    return holdToken({ by: strangers.actor, fetch: strangers.fetch, at: linde.issuer, scope: ANW_ACCESS_SCOPE, credentials, ...(change.boundTo && { boundTo: change.boundTo }) });
  };
  const taken = newId(strangers.regisseur.did);
  const revoked = await hold({ authorization: { id: taken } });
  expect(await pushRevocation(taken)).toBe(202);
  return {
    good: await hold(),
    overCertificate: await hold({ boundTo: 'certificate' }),
    expired: await hold({ authorization: { period: shortly() } }),
    revoked,
    atLowAssurance: await hold({
      employee: selfAttestedEmployee(strangers.actor),
      authorization: { resources: anw2022Resources.map((resource) => ({ ...resource, userContext: true, assuranceLevel: 'substantial' as const })) },
    }),
  };
}

/** Tokens of a regisseur at De Linde (scope `anw-regisseur`). */
async function deskTokens(): Promise<typeof desk> {
  const hold = async (by: Strangers['regisseur'], period = hoursFromNow(0, 1), boundTo?: 'certificate') =>
    holdToken({ by, fetch: network.connect(by.certificate), at: linde.issuer, scope: ANW_REGISSEUR_SCOPE, credentials: [await organisationOf(by, period)], ...(boundTo && { boundTo }) });
  const dismissed = await introduceStrangers(network, linde);
  const revoked = await hold(dismissed.regisseur);
  await linde.operator.endRow(dismissed.row);
  return { good: await hold(strangers.regisseur), overCertificate: await hold(strangers.regisseur, undefined, 'certificate'), expired: await hold(strangers.regisseur, shortly()), revoked };
}

/** Tokens of an actor at the regisseur (scope `anw-authorization`), and what it may and may no longer fetch with them. */
async function deliveryTokens(): Promise<typeof delivery> {
  const { issuer } = castOf(createStoryContext(region, region.file.patients[0]!)).regisseur;
  const hold = async (period = hoursFromNow(0, 1), boundTo?: 'certificate') =>
    holdToken({ by: onDuty.actor, fetch: onDuty.fetch, at: issuer, scope: ANW_AUTHORIZATION_SCOPE, credentials: [await organisationOf(onDuty.actor, period)], ...(boundTo && { boundTo }) });
  const [{ authorization }, { authorization: revoked }] = [await onDuty.assign(), await onDuty.assign()];
  await ask(await deskOf(region), { method: 'POST', path: `/api/authorizations/${revoked.id}/revoke`, body: {}, answer: AuthorizationView });
  const another = await putStrangerOnDuty(region, network, 0);
  await another.assign();
  const ofAnotherActor = await holdToken({ by: another.actor, fetch: another.fetch, at: issuer, scope: ANW_AUTHORIZATION_SCOPE, credentials: [await organisationOf(another.actor)] });
  return { good: await hold(), overCertificate: await hold(undefined, 'certificate'), expired: await hold(shortly()), authorization: authorization.id, revokedAuthorization: revoked.id, ofAnotherActor };
}

/** Tokens of a regisseur at an actor (scope `anw-practitioners`). */
async function dutyTokens(): Promise<typeof duty> {
  const { name, issuer } = region.file.organisations.find(({ service }) => service === 'actor')!;
  const operator = createOperatorClient(region.file.services.actor.operator);
  const hold = async (by: Strangers['regisseur'], period = hoursFromNow(0, 1), boundTo?: 'certificate') =>
    holdToken({ by, fetch: network.connect(by.certificate), at: issuer, scope: ANW_PRACTITIONERS_SCOPE, credentials: [await organisationOf(by, period)], ...(boundTo && { boundTo }) });
  const dismissed = await network.addPartner('stranger-regisseur.localhost', 'regie-noord');
  for (const { did } of [strangers.regisseur, dismissed]) await operator.post(`/operator/organisations/${name}/regisseurs`, { did, name: 'Regie West' }, z.unknown());
  const revoked = await hold(dismissed);
  expect((await fetch(`${region.file.services.actor.operator}/operator/organisations/${name}/regisseurs/${encodeURIComponent(dismissed.did)}`, { method: 'DELETE' })).status).toBe(204);
  return { good: await hold(strangers.regisseur), overCertificate: await hold(strangers.regisseur, undefined, 'certificate'), expired: await hold(strangers.regisseur, shortly()), revoked };
}

async function pushRevocation(authorization: DidUrl): Promise<number> {
  const event = createEvent({ type: 'nl.anw.authorization.revoked.v1', source: strangers.regisseur.did, recipient: linde.did, subject: authorization }, { now: new Date() });
  return (await notify(await signEvent(event, strangers.regisseur.signer))).status;
}

function notify(body: string, { organisation = linde.name, service = 'custodian' as const }: { readonly organisation?: string; readonly service?: (typeof serviceNames)[number] } = {}): Promise<RawAnswer> {
  return raw(region.file.services[service].partner, { method: 'POST', path: `/anw/${organisation}/notifications`, headers: { 'content-type': NOTIFICATION_MEDIA_TYPE }, body });
}

async function visitOfNoor(): Promise<string> {
  const story = createStoryContext(region, region.file.patients[0]!);
  await playPart(story, { to: 'on-route' });
  const { stops } = await ask(await story.sessionOf('noor'), { method: 'GET', path: '/api/route', answer: VisitRouteView });
  return stops[0]!.id;
}

// Answers, whole.

const outcome = (status: number, code: string, text: string, challenge?: string): ExpectedAnswer => ({
  status,
  contentType: 'application/fhir+json',
  body: { resourceType: 'OperationOutcome', id: reference, issue: [{ severity: 'error', code, details: { text } }] },
  ...(challenge !== undefined && { challenge }),
});
const notLoggedIn = (challenge: string) => outcome(401, 'login', 'U bent niet aangemeld.', challenge);
const noAccess = outcome(403, 'forbidden', 'Geen toegang.');

const problem = (name: ProblemName, { language = 'en', detail, challenge }: { readonly language?: 'en' | 'nl'; readonly detail?: string; readonly challenge?: string } = {}): ExpectedAnswer => {
  const { status, title, titel } = problemTypes[name];
  return { status, contentType: 'application/problem+json', body: { type: `urn:anw:problem:${name}`, title: language === 'nl' ? titel : title, status, ...(detail && { detail }), reference }, ...(challenge !== undefined && { challenge }) };
};
const unauthenticated = (challenge: string) => problem('unauthenticated', { challenge });

const oauthError = (error: string, description: string): ExpectedAnswer => ({ status: 400, contentType: 'application/json', body: { error, error_description: description, reference } });
const notAccepted = oauthError('invalid_request', 'The presentation is not accepted.');
const requesterRefused = oauthError('invalid_request', 'The requesting system or its user is not accepted.');
const notAuthorized = oauthError('invalid_request', 'The request is not authorized.');

const unknownToken = createHash('sha256').update('a token that nobody gave').digest('base64url');
const garbage = ['Bearer', 'Bearer ', 'Bearer garbage', `Bearer ${unknownToken}`, `DPoP ${unknownToken}`, 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Basic bm9vcjp3YWNodHdvb3Jk', 'Negotiate x', `Bearer ${'a'.repeat(4_000)}`];

/** What is true of every token, whatever it opens. */
function tokenCells(tokens: () => Tokens, requestAt: (route: DocumentedRoute) => ProtectedRequest, dialect: { readonly missing: ExpectedAnswer; readonly invalid: ExpectedAnswer; readonly expired: ExpectedAnswer; readonly invalidKey: ExpectedAnswer; readonly invalidProof: ExpectedAnswer }) {
  const show = (token: () => HeldToken, change: () => Showing | Promise<Showing> = () => ({})) => async (route: DocumentedRoute) => showToken(token(), requestAt(route), await change());
  const good = () => tokens().good;
  const overCertificate = () => tokens().overCertificate;
  const elsewhere = createTestParty('elsewhere').signer;
  const another = async (): Promise<OutboundFetch> => network.connect(await network.authority.issue({ dnsNames: ['stranger-actor.localhost'], clientAuth: true, days: 1 }));
  return {
    'nobody in particular': [{ when: 'without a token', ask: (route: DocumentedRoute) => send(good().fetch, requestAt(route)), answer: dialect.missing }],
    garbage: garbage.map((authorization) => ({
      when: `with ${authorization.length > 60 ? `${authorization.slice(0, 30)}…` : `“${authorization}”`} in the place of a token`,
      ask: (route: DocumentedRoute) => send(good().fetch, requestAt(route), { authorization }),
      answer: authorization.startsWith('DPoP ') ? dialect.invalidKey : dialect.invalid,
    })),
    'what has expired': [{ when: 'with a token whose few seconds are over', ask: show(() => tokens().expired), answer: dialect.expired }],
    'what is bound to something else': [
      { when: 'over another certificate of the same host', ask: show(overCertificate, async () => ({ fetch: await another() })), answer: dialect.invalid },
      { when: 'without a client certificate', ask: show(overCertificate, () => ({ fetch: network.connect() })), answer: dialect.invalid },
      { when: 'over another certificate, with the right DPoP key', ask: show(good, async () => ({ fetch: await another() })), answer: dialect.invalidKey },
      { when: 'with a proof of another DPoP key', ask: show(good, () => ({ key: elsewhere })), answer: dialect.invalidKey },
      { when: 'without a proof', ask: show(good, () => ({ key: null })), answer: dialect.invalidKey },
      { when: 'as a bearer token, which it is not', ask: show(good, () => ({ scheme: 'Bearer' })), answer: dialect.invalidKey },
      { when: 'as a bearer token, its proof left away', ask: show(good, () => ({ scheme: 'Bearer', key: null })), answer: dialect.invalidKey },
      { when: 'as bound to a key, which it is not', ask: show(overCertificate, () => ({ scheme: 'DPoP', key: elsewhere })), answer: dialect.invalidKey },
      { when: 'with a proof of another method', ask: show(good, () => ({ proofFor: { method: 'PUT' } })), answer: dialect.invalidProof },
      { when: 'with a proof for another address', ask: show(good, () => ({ proofFor: { url: `${linde.door}/elsewhere` } })), answer: dialect.invalidProof },
      { when: 'with a proof that goes with another token', ask: show(good, () => ({ proofFor: { accessToken: 'another' } })), answer: dialect.invalidProof },
    ],
  };
}

// The record at a custodian.

const otherPatient = () => region.file.patients.find(({ custodian, id }) => custodian === linde.name && id !== linde.patient)!.id;

function recordRequest({ method }: DocumentedRoute, { custodian = linde, patient = linde.patient as string }: { readonly custodian?: AskedCustodian; readonly patient?: string } = {}): ProtectedRequest {
  const base = `${custodian.door}/fhir/${custodian.name}/Observation`;
  if (method === 'GET') return { method, url: `${base}?patient=${patient}&code=${encodeURIComponent('http://loinc.org|85354-9')}` };
  if (method !== 'POST') throw new Error(`no example of ${method} at the FHIR endpoint`);
  const measured = resourceOf({ kind: 'blood-pressure', input: { systolic: 120, diastolic: 80, measuredAt: new Date().toISOString() } }, { id: randomUUID(), patient: patient as never });
  return { method, url: base, headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(measured) };
}

const fhirDialect = {
  missing: notLoggedIn(algorithms),
  invalid: notLoggedIn('Bearer error="invalid_token"'),
  invalidKey: notLoggedIn(dpopChallenge('invalid_token')),
  invalidProof: notLoggedIn(dpopChallenge('invalid_dpop_proof')),
  expired: outcome(401, 'expired', 'De toegang is verlopen.', dpopChallenge('invalid_token')),
};

const theRecord: Protection = {
  name: 'the record of a patient, by a token of the eight checks',
  covers: ({ door, path }) => door === 'partner' && path.startsWith('/fhir/'),
  cells: {
    ...tokenCells(() => record, recordRequest, fhirDialect),
    'what was revoked': [{ when: 'with a token of an authorization that was revoked', ask: (route) => showToken(record.revoked, recordRequest(route)), answer: noAccess }],
    'what is for another organisation': [
      { when: 'at another custodian of the same service', ask: (route) => showToken(record.good, recordRequest(route, { custodian: vecht, patient: vecht.patient })), answer: fhirDialect.invalidKey },
      { when: 'with a token that a regisseur gave', ask: (route) => showToken(delivery.good, recordRequest(route)), answer: fhirDialect.invalidKey },
    ],
    'what is for another patient': [
      { when: 'about somebody else in care there', ask: (route) => showToken(record.good, recordRequest(route, { patient: otherPatient() })), answer: noAccess },
      { when: 'about somebody in care elsewhere', ask: (route) => showToken(record.good, recordRequest(route, { patient: vecht.patient })), answer: noAccess },
      { when: 'about nobody', ask: (route) => showToken(record.good, recordRequest(route, { patient: 'nobody-of-that-name' })), answer: noAccess },
    ],
    'what is for another practitioner': [
      { when: 'for a nurse whom the authorization does not name: she gets no token', ask: async () => rawOf(await requestToken(strangers, { employee: await employeeOf(strangers.actor, { user: { identifier: EmployeeIdentifier.parse('e-78') } }) })), answer: notAuthorized },
    ],
    'what is for another purpose': [{ when: 'with a token of a regisseur', ask: (route) => showToken(desk.good, recordRequest(route)), answer: noAccess }],
    'an assurance that is too low': [{ when: 'for a nurse on her own word, where the authorization asks more', ask: (route) => showToken(record.atLowAssurance, recordRequest(route)), answer: noAccess }],
  },
};

// What a regisseur asks a custodian.

const otherFamily = () => region.file.patients.find(({ custodian, id }) => custodian === linde.name && id !== linde.patient)!;

function deskRequest({ method, path }: DocumentedRoute, { custodian = linde }: { readonly custodian?: AskedCustodian } = {}): ProtectedRequest {
  const url = custodian.door + path.replace('{org}', custodian.name);
  const bodies: Readonly<Record<string, object>> = {
    'POST /anw/{org}/patients/_search': { familyName: otherFamily().familyName, birthDate: otherFamily().birthDate },
    'POST /anw/{org}/precheck': { actor: strangers.actor.did, handle: otherFamily().handle },
  };
  if (method === 'GET') return { method, url };
  const body = bodies[`${method} ${path}`];
  if (body === undefined) throw new Error(`no example of ${method} ${path}`);
  return { method, url, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

const problemDialect = {
  missing: unauthenticated(algorithms),
  invalid: unauthenticated('Bearer error="invalid_token"'),
  invalidKey: unauthenticated(dpopChallenge('invalid_token')),
  invalidProof: unauthenticated(dpopChallenge('invalid_dpop_proof')),
  expired: unauthenticated(dpopChallenge('invalid_token')),
};

const theDesk: Protection = {
  name: 'what a regisseur asks a custodian, by a token for its own rows',
  covers: ({ service, door, path }) => service === 'custodian' && door === 'partner' && path.startsWith('/anw/') && !path.endsWith('/notifications'),
  cells: {
    ...tokenCells(() => desk, deskRequest, problemDialect),
    'what was revoked': [{ when: 'with a token of a regisseur whose last row has been ended', ask: (route) => showToken(desk.revoked, deskRequest(route)), answer: problem('forbidden') }],
    'what is for another organisation': [
      { when: 'at another custodian of the same service', ask: (route) => showToken(desk.good, deskRequest(route, { custodian: vecht })), answer: problemDialect.invalidKey },
      { when: 'with a token that a regisseur gave', ask: (route) => showToken(delivery.good, deskRequest(route)), answer: problemDialect.invalidKey },
    ],
    'what is for another patient': [
      {
        when: 'in a search: who is enrolled through somebody else is not there',
        at: ({ path }) => path.endsWith('/patients/_search'),
        ask: (route) => showToken(desk.good, deskRequest(route)),
        answer: { status: 200, contentType: 'application/json', body: { patients: [] } },
      },
      {
        when: 'in a pre-check: the handle of another regisseur gets the answer that nobody’s gets',
        at: ({ path }) => path.endsWith('/precheck'),
        ask: (route) => showToken(desk.good, deskRequest(route)),
        answer: { status: 200, contentType: 'application/json', body: { allowed: false, reason: 'not-allowed' } },
      },
    ],
    'what is for another practitioner': { never: 'an organisation asks here, and no person' },
    'what is for another purpose': [{ when: 'with a token for the record of a patient', ask: (route) => showToken(record.good, deskRequest(route)), answer: problem('forbidden') }],
    'an assurance that is too low': { never: 'an organisation asks here, and no person' },
  },
};

// What an actor fetches at a regisseur.

function deliveryRequest({ method, path }: DocumentedRoute, { authorization = delivery.authorization }: { readonly authorization?: string } = {}): ProtectedRequest {
  const { regisseur } = castOf(createStoryContext(region, region.file.patients[0]!));
  if (method !== 'GET') throw new Error(`no example of ${method} ${path}`);
  return { method, url: region.file.services.regisseur.partner + path.replace('{org}', regisseur.name).replace('{id}', authorization) };
}

const theDelivery: Protection = {
  name: 'an authorization, by a token of the actor that it is for',
  covers: ({ service, door, path }) => service === 'regisseur' && door === 'partner' && path.startsWith('/anw/') && !path.endsWith('/notifications'),
  cells: {
    ...tokenCells(() => delivery, deliveryRequest, problemDialect),
    'what was revoked': [
      { when: 'for an authorization that was revoked', ask: (route) => showToken(delivery.good, deliveryRequest(route, { authorization: delivery.revokedAuthorization })), answer: problem('not-found', { detail: 'This authorization is over or revoked.' }) },
    ],
    'what is for another organisation': [
      { when: 'for an authorization of another actor', ask: (route) => showToken(delivery.ofAnotherActor, deliveryRequest(route)), answer: problem('not-found') },
      { when: 'with a token that a custodian gave', ask: (route) => showToken(record.good, deliveryRequest(route)), answer: problemDialect.invalidKey },
      { when: 'with a regisseur’s token of a custodian', ask: (route) => showToken(desk.good, deliveryRequest(route)), answer: problemDialect.invalidKey },
    ],
    'what is for another patient': { never: 'an authorization is fetched by its own id, and handed to the actor that it is for' },
    'what is for another practitioner': { never: 'the actor fetches it for whom it names; who may use it is for the custodian to check (5)' },
    'what is for another purpose': { never: 'a regisseur gives tokens for this one purpose' },
    'an assurance that is too low': { never: 'an organisation asks here, and no person' },
  },
};

// What a regisseur asks an actor.

function dutyRequest({ method, path }: DocumentedRoute, { organisation = 'wijkzorg-nacht' }: { readonly organisation?: string } = {}): ProtectedRequest {
  if (method !== 'GET') throw new Error(`no example of ${method} ${path}`);
  return { method, url: region.file.services.actor.partner + path.replace('{org}', organisation) };
}

const theDuty: Protection = {
  name: 'who is on duty, by a token of a regisseur that the actor works for',
  covers: ({ service, door, path }) => service === 'actor' && door === 'partner' && path.startsWith('/anw/') && !path.endsWith('/notifications') && path !== launchPath,
  cells: {
    ...tokenCells(() => duty, dutyRequest, problemDialect),
    'what was revoked': [{ when: 'with a token of a regisseur that the actor no longer works for', ask: (route) => showToken(duty.revoked, dutyRequest(route)), answer: problem('forbidden') }],
    'what is for another organisation': [
      { when: 'at another actor of the same service', ask: (route) => showToken(duty.good, dutyRequest(route, { organisation: 'de-eik' })), answer: problemDialect.invalidKey },
      { when: 'with a token that a custodian gave', ask: (route) => showToken(desk.good, dutyRequest(route)), answer: problemDialect.invalidKey },
    ],
    'what is for another patient': { never: 'duty is of no patient' },
    'what is for another practitioner': { never: 'an organisation asks here, and no person' },
    'what is for another purpose': { never: 'an actor gives tokens for this one purpose' },
    'an assurance that is too low': { never: 'an organisation asks here, and no person' },
  },
};

// What an organisation's own care record system asks an actor.

const launchPath = '/anw/{org}/launches';
const notALaunchClient = unauthenticated('Basic realm="launch", charset="UTF-8"');

async function addLaunchClient(organisation: string): Promise<{ readonly id: string; readonly basic: string }> {
  const operator = createOperatorClient(region.file.services.actor.operator);
  const { id, secret } = await operator.post(`/operator/organisations/${organisation}/launch-clients`, { name: 'ECD', origins: ['https://ecd.example'] }, z.looseObject({ id: z.string(), secret: z.string() }));
  return { id, basic: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

function askLaunch(authorization?: string): Promise<RawAnswer> {
  const body = JSON.stringify({ user: { identifier: 'e-10442', name: 'Noor de Wit', roleName: 'Verpleegkundige', authenticatedAt: new Date().toISOString() } });
  return raw(region.file.services.actor.partner, { method: 'POST', path: '/anw/wijkzorg-nacht/launches', headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) }, body });
}

const theLaunches: Protection = {
  name: 'a launch, by the credentials of an organisation’s own care record system',
  covers: ({ door, path }) => door === 'partner' && path === launchPath,
  cells: {
    'nobody in particular': [{ when: 'without credentials', ask: () => askLaunch(), answer: notALaunchClient }],
    garbage: ['Basic', 'Basic ???', 'Basic bm8tY29sb24=', `Basic ${Buffer.from(`${randomUUID()}:x`).toString('base64')}`].map((text) => ({ when: `with “${text.slice(0, 30)}” for credentials`, ask: () => askLaunch(text), answer: notALaunchClient })),
    'what has expired': { never: 'credentials of a care record system last until they are removed' },
    'what was revoked': [
      {
        when: 'with credentials that were removed',
        ask: async () => {
          const { id, basic } = await addLaunchClient('wijkzorg-nacht');
          expect((await askLaunch(basic)).status).toBe(201);
          await createOperatorClient(region.file.services.actor.operator).delete(`/operator/organisations/wijkzorg-nacht/launch-clients/${id}`);
          return askLaunch(basic);
        },
        answer: notALaunchClient,
      },
    ],
    'what is for another organisation': [{ when: 'with credentials of another actor of the same service', ask: async () => askLaunch((await addLaunchClient('de-eik')).basic), answer: notALaunchClient }],
    'what is for another patient': { never: 'a launch names no patient' },
    'what is for another practitioner': { never: 'the organisation itself says which of its employees is logged in' },
    'what is for another purpose': [{ when: 'with an access token', ask: () => askLaunch(`Bearer ${record.good.text}`), answer: notALaunchClient }],
    'what is bound to something else': { never: 'the credentials are bound to nothing but their secret; the code that they give is, to its organisation and to one use' },
    'an assurance that is too low': { never: 'a launch tells the level of the login; the custodian judges it (check 3)' },
  },
};

// What a triage system without this bolt asks a regisseur.

const triageTokenPath = '/oauth2/{org}/triage/token';
const notATriageSystem: ExpectedAnswer = { status: 401, contentType: 'application/json', body: { error: 'invalid_client', error_description: 'No triage system with this id and secret.', reference }, challenge: 'Basic realm="triage", charset="UTF-8"' };
const triageSystemsPath = '/operator/organisations/regie-oost/triage-systems';

async function addTriageSystem(): Promise<{ readonly id: string; readonly basic: string }> {
  const id = `systeem-${randomUUID().slice(0, 8)}`;
  const { secret } = await createOperatorClient(region.file.services.regisseur.operator).post(triageSystemsPath, { id, name: 'Triagesysteem' }, z.looseObject({ secret: z.string() }));
  return { id, basic: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` };
}

function askTriageToken(authorization?: string): Promise<RawAnswer> {
  return raw(region.file.services.regisseur.partner, { method: 'POST', path: '/oauth2/regie-oost/triage/token', headers: { 'content-type': 'application/x-www-form-urlencoded', ...(authorization !== undefined && { authorization }) }, body: 'grant_type=client_credentials' });
}

const removeTriageSystem = (id: string) => createOperatorClient(region.file.services.regisseur.operator).delete(`${triageSystemsPath}/${id}`);

const theTriageTokens: Protection = {
  name: 'a token for a triage system, by its id and secret',
  covers: ({ door, path }) => door === 'partner' && path === triageTokenPath,
  cells: {
    'nobody in particular': [{ when: 'without credentials', ask: () => askTriageToken(), answer: notATriageSystem }],
    garbage: ['Basic', 'Basic ???', 'Basic bm8tY29sb24=', `Basic ${Buffer.from('systeem:geraden').toString('base64')}`].map((text) => ({ when: `with “${text.slice(0, 30)}” for credentials`, ask: () => askTriageToken(text), answer: notATriageSystem })),
    'what has expired': { never: 'credentials of a triage system last until they are removed' },
    'what was revoked': [
      {
        when: 'with credentials that were removed',
        ask: async () => {
          const { id, basic } = await addTriageSystem();
          expect((await askTriageToken(basic)).status).toBe(200);
          await removeTriageSystem(id);
          return askTriageToken(basic);
        },
        answer: notATriageSystem,
      },
    ],
    'what is for another organisation': { never: 'this region has one regisseur; the secret is looked up among those of the one that is asked' },
    'what is for another patient': { never: 'a token names no patient' },
    'what is for another practitioner': { never: 'a system asks here, and no person' },
    'what is for another purpose': [{ when: 'with an access token in the place of credentials', ask: () => askTriageToken(`Bearer ${record.good.text}`), answer: notATriageSystem }],
    'what is bound to something else': { never: 'the credentials are bound to nothing but their secret' },
    'an assurance that is too low': { never: 'a system asks here, and no person' },
  },
};

function askTriageVisit({ method, example }: DocumentedRoute, authorization?: string): Promise<RawAnswer> {
  const headers = { 'idempotency-key': randomUUID(), ...(authorization !== undefined && { authorization }), ...(method === 'POST' && { 'content-type': 'application/json' }) };
  return raw(region.file.services.regisseur.partner, { method, path: example, headers, ...(method === 'POST' && { body: '{}' }) });
}

async function triageToken(basic: string): Promise<string> {
  return (JSON.parse((await askTriageToken(basic)).text) as { access_token: string }).access_token;
}

const noTriageToken = unauthenticated('Bearer');
const unknownTriageToken = unauthenticated('Bearer error="invalid_token"');

const theTriageVisits: Protection = {
  name: 'visits of a triage system, by its token',
  covers: ({ door, path }) => door === 'partner' && path.startsWith('/triage/'),
  cells: {
    'nobody in particular': [{ when: 'without a token', ask: (route) => askTriageVisit(route), answer: noTriageToken }],
    garbage: garbage.map((text) => ({ when: `with “${text.slice(0, 30)}” for a token`, ask: (route: DocumentedRoute) => askTriageVisit(route, text), answer: unknownTriageToken })),
    'what has expired': { never: 'a token is looked up with the moment: one whose five minutes are over is found as little as one that nobody gave' },
    'what was revoked': [
      {
        when: 'with a token of a system that was removed',
        ask: async (route) => {
          const { id, basic } = await addTriageSystem();
          const token = await triageToken(basic);
          await removeTriageSystem(id);
          return askTriageVisit(route, `Bearer ${token}`);
        },
        answer: unknownTriageToken,
      },
    ],
    'what is for another organisation': [
      { when: 'with a token that a custodian gave', ask: (route) => askTriageVisit(route, `Bearer ${desk.good.text}`), answer: unknownTriageToken },
      { when: 'for a visit that is not its own', at: ({ path }) => path.includes('{id}'), ask: async (route) => askTriageVisit(route, `Bearer ${await triageToken((await addTriageSystem()).basic)}`), answer: problem('not-found') },
    ],
    'what is for another patient': { never: 'a visit is read by its own id, and shows no patient' },
    'what is for another practitioner': { never: 'a system asks here, and no person' },
    'what is for another purpose': [{ when: 'with a token for fetching authorizations', ask: (route) => askTriageVisit(route, `Bearer ${delivery.good.text}`), answer: unknownTriageToken }],
    'what is bound to something else': { never: 'a token of a triage system is a bearer token that lasts five minutes' },
    'an assurance that is too low': { never: 'a system asks here, and no person; the custodian judges who opens the record (check 3)' },
  },
};

// Token endpoints.

const tokenPath = '/oauth2/{org}/token';

/** A form at the token endpoint of a route's service. */
async function askToken({ service, example }: DocumentedRoute, form: URLSearchParams | string): Promise<RawAnswer> {
  return raw(region.file.services[service].partner, { method: 'POST', path: example, headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: String(form) });
}

const issuerAt = ({ service, example }: DocumentedRoute) => region.file.services[service].partner + example.replace(/\/token$/, '');
const scopeAt = ({ service }: DocumentedRoute) => ({ custodian: ANW_ACCESS_SCOPE, regisseur: ANW_AUTHORIZATION_SCOPE, actor: ANW_PRACTITIONERS_SCOPE })[service];
const isCustodian = ({ service }: DocumentedRoute) => service === 'custodian';

async function presentationForm(route: DocumentedRoute, change: { readonly audience?: string; readonly now?: Date; readonly scope?: string; readonly assertion?: string } = {}): Promise<URLSearchParams> {
  const scope = change.scope ?? scopeAt(route);
  const credentials = [await organisationOf(strangers.actor)];
  const assertion = change.assertion ?? (await createPresentation(strangers.actor.signer, { audience: change.audience ?? issuerAt(route), credentials, now: change.now ?? new Date() }));
  const submission = { id: randomUUID(), definition_id: `pd-${scope}`, descriptor_map: [{ id: 'organization', format: 'jwt_vc', path: '$.verifiableCredential[0]' }] };
  return new URLSearchParams({ grant_type: 'vp_token-bearer', scope, presentation_submission: JSON.stringify(submission), assertion });
}

const unknownScope = oauthError('invalid_scope', 'This scope is not offered here.');

const theTokenEndpoint: Protection = {
  name: 'a token, by a presentation',
  covers: ({ door, path }) => door === 'partner' && path === tokenPath,
  cells: {
    'nobody in particular': [{ when: 'without a presentation', ask: (route) => askToken(route, new URLSearchParams({ grant_type: 'vp_token-bearer', scope: scopeAt(route) })), answer: oauthError('invalid_request', 'A required parameter is missing.') }],
    garbage: [
      { when: 'with a presentation that is none', ask: async (route) => askToken(route, await presentationForm(route, { assertion: 'e30.e30.AAAA' })), answer: notAccepted },
    ],
    'what has expired': [{ when: 'with a presentation of twenty seconds ago', ask: async (route) => askToken(route, await presentationForm(route, { now: new Date(Date.now() - 20_000) })), answer: notAccepted }],
    'what was revoked': [
      {
        when: 'on an authorization that was revoked',
        at: isCustodian,
        ask: async () => {
          const id = newId(strangers.regisseur.did);
          await pushRevocation(id);
          return rawOf(await requestToken(strangers, { authorization: await authorizationOf(strangers, { id }) }));
        },
        answer: notAuthorized,
      },
    ],
    'what is for another organisation': [{ when: 'with a presentation for another authorization server', ask: async (route) => askToken(route, await presentationForm(route, { audience: vecht.issuer })), answer: notAccepted }],
    'what is for another patient': [
      {
        when: 'for a patient whose handle was minted for another regisseur',
        at: isCustodian,
        ask: async () => rawOf(await requestToken(strangers, { authorization: await authorizationOf(strangers, { handle: otherFamily().handle as never }) })),
        answer: notAuthorized,
      },
    ],
    'what is for another practitioner': [
      { when: 'for a nurse whom the authorization does not name', at: isCustodian, ask: async () => rawOf(await requestToken(strangers, { authorization: await authorizationOf(strangers, { practitioner: EmployeeIdentifier.parse('e-78') }) })), answer: notAuthorized },
    ],
    'what is for another purpose': [
      { when: 'on an authorization for another purpose', at: isCustodian, ask: async () => rawOf(await requestToken(strangers, { authorization: await authorizationOf(strangers, { purposeOfUse: 'zorginzage' }) })), answer: notAuthorized },
      { when: 'for a scope that is of another service', ask: async (route) => askToken(route, await presentationForm(route, { scope: isCustodian(route) ? ANW_AUTHORIZATION_SCOPE : ANW_REGISSEUR_SCOPE })), answer: unknownScope },
    ],
    'what is bound to something else': [
      {
        when: 'over the certificate of a system that the actor does not name',
        at: isCustodian,
        ask: async () => rawOf(await requestToken(strangers, { fetch: network.connect(await network.authority.issue({ dnsNames: ['elsewhere.localhost'], clientAuth: true, days: 1 })) })),
        answer: requesterRefused,
      },
      { when: 'without a client certificate', at: isCustodian, ask: async () => rawOf(await requestToken(strangers, { fetch: network.connect() })), answer: requesterRefused },
    ],
    'an assurance that is too low': [
      {
        when: 'for a nurse on her own word, where the custodian asks more',
        at: isCustodian,
        ask: async () => {
          await linde.operator.demand({ minimumAssuranceLevel: 'substantial' });
          try {
            return rawOf(await requestToken(strangers, { employee: await employeeOf(strangers.actor, { user: { assuranceLevel: 'low' } }) }));
          } finally {
            await linde.operator.demand({});
          }
        },
        answer: requesterRefused,
      },
    ],
  },
};

function rawOf({ status, headers, body }: Awaited<ReturnType<typeof requestToken>>): RawAnswer {
  return { status, contentType: (headers.get('content-type') ?? '').split(';')[0]!, headers: Object.fromEntries(headers), text: JSON.stringify(body) };
}

// Notifications.

const parked = problem('invalid-request', { detail: 'The notification cannot be read, is not for this organisation, or its signature does not hold.' });

/** An event from the stranger regisseur to the organisation of a route, changed in one fact and signed by one party. */
async function notifyAt({ service, example }: DocumentedRoute, change: Partial<NotificationEvent> = {}, signer = strangers.regisseur.signer): Promise<RawAnswer> {
  const organisation = example.split('/')[2]!;
  const recipient = Did.parse(region.file.organisations.find(({ name, service: home }) => name === organisation && home === service)!.did);
  const event = createEvent({ type: 'nl.anw.authorization.revoked.v1', source: strangers.regisseur.did, recipient, subject: newId(strangers.regisseur.did) }, { now: new Date() });
  return notify(await signEvent({ ...event, ...change } as NotificationEvent, signer), { organisation, service });
}

const theNotifications: Protection = {
  name: 'notifications, by the signature of their sender',
  covers: ({ door, path }) => door === 'partner' && path === '/anw/{org}/notifications',
  cells: {
    'nobody in particular': [
      { when: 'without an envelope', ask: ({ service, example }) => raw(region.file.services[service].partner, { method: 'POST', path: example, headers: { 'content-type': 'application/json' }, body: '{}' }), answer: problem('unsupported-media-type') },
    ],
    garbage: ['', 'garbage', 'e30.e30.AAAA', '{"payload":"x"}'].map((body) => ({ when: `as “${body}”`, ask: ({ service, example }: DocumentedRoute) => notify(body, { service, organisation: example.split('/')[2]! }), answer: parked })),
    'what has expired': { never: 'what happened stays so: a notification that comes late counts, and one that comes twice changes nothing' },
    'what was revoked': { never: 'nothing takes back that something happened' },
    'what is for another organisation': [{ when: 'to another recipient', ask: (route) => notifyAt(route, { data: { recipient: strangers.actor.did } } as Partial<NotificationEvent>), answer: parked }],
    'what is for another patient': { never: 'a notification names no patient' },
    'what is for another practitioner': { never: 'a notification names no person' },
    'what is for another purpose': [{ when: 'of a kind that nobody knows', ask: (route) => notifyAt(route, { type: 'nl.anw.authorization.granted.v1' as never }), answer: parked }],
    'what is bound to something else': [{ when: 'in the name of another organisation than who signed', ask: (route) => notifyAt(route, {}, { ...strangers.actor.signer, did: strangers.regisseur.did }), answer: parked }],
    'an assurance that is too low': { never: 'an organisation notifies, and no person' },
  },
};

// Staff doors.

const isOpenToAnyone = ({ path }: DocumentedRoute) => ['/', '/login', '/callback', '/api/launch'].includes(path);
const notLoggedInHere = problem('unauthenticated', { language: 'nl' });

/** As a page of that very door asks. */
function askAsPage({ service, method, example }: DocumentedRoute, cookie?: string, headers: Readonly<Record<string, string>> = {}): Promise<RawAnswer> {
  const base = region.file.services[service].staff;
  const page = { origin: new URL(base).origin, 'sec-fetch-site': 'same-origin' };
  return raw(base, { method, path: example, headers: { ...page, ...(method !== 'GET' && { 'content-type': 'application/json' }), ...(cookie !== undefined && { cookie }), ...headers }, ...(method !== 'GET' && { body: '{}' }) });
}

const homes = { regisseur: 'regie-oost', custodian: 'de-linde', actor: 'wijkzorg-nacht' } as const;
const people = { regisseur: 'tess', custodian: 'petra', actor: 'noor' } as const;
const allRoles = ['triagist', 'nurse', 'privacy-officer', 'application-manager', 'day-team'];
const anotherSession = (route: DocumentedRoute, change: object = {}) => openStaffSession(region, { service: route.service, organisation: homes[route.service], roles: allRoles, ...change });
const ofVisit = ({ path }: DocumentedRoute) => path.startsWith('/api/visits/{id}');
const visitGone = problem('not-found', { language: 'nl', detail: 'Dit bezoek staat niet (meer) op uw route: de autorisatie is voorbij of ingetrokken.' });
const atNoorsVisit = (route: DocumentedRoute, cookie: string) => askVisit({ ...route, example: route.path.replace('{id}', visit).replace('{draft}', randomUUID()) }, cookie);

function askVisit(route: DocumentedRoute, cookie: string): Promise<RawAnswer> {
  const base = region.file.services.actor.staff;
  const bodies: Readonly<Record<string, object>> = {
    'PUT /api/visits/{id}/drafts/{draft}': { kind: 'nursing-report', input: { text: 'Verband gewisseld.', writtenAt: new Date().toISOString() } },
    'POST /api/visits/{id}/drafts/{draft}/send': {},
    'POST /api/visits/{id}/home-access': { reason: 'agreed' },
  };
  const body = bodies[`${route.method} ${route.path}`];
  if (route.takesBody && body === undefined) throw new Error(`no example of ${route.method} ${route.path}`);
  return raw(base, { method: route.method, path: route.example, headers: { origin: new URL(base).origin, 'content-type': 'application/json', cookie }, ...(body && { body: JSON.stringify(body) }) });
}

const theStaffDoors: Protection = {
  name: 'what people see and do, by the session of their login',
  covers: (route) => route.door === 'staff' && !isOpenToAnyone(route),
  cells: {
    'nobody in particular': [{ when: 'without a session', ask: (route) => askAsPage(route), answer: notLoggedInHere }],
    garbage: [
      ...['', 'garbage', unknownToken, '%00'].map((value) => ({ when: `with “${value.slice(0, 30)}” for a session`, ask: (route: DocumentedRoute) => askAsPage(route, `${sessionCookieNameAt(region.file, route.service)}=${value}`), answer: notLoggedInHere })),
      { when: 'with another cookie', ask: (route) => askAsPage(route, 'session=x'), answer: notLoggedInHere },
      { when: 'with two sessions at once', ask: async (route) => askAsPage(route, `${await anotherSession(route)}; ${sessionCookieNameAt(region.file, route.service)}=forged`), answer: notLoggedInHere },
      { when: 'with an access token in the place of a session', ask: (route) => askAsPage(route, undefined, { authorization: `Bearer ${record.good.text}` }), answer: notLoggedInHere },
    ],
    'what has expired': [
      { when: 'with a session that nobody used for a quarter of an hour', ask: async (route) => askAsPage(route, await anotherSession(route, { idleMinutes: 15 })), answer: notLoggedInHere },
      { when: 'with a session of twelve hours ago', ask: async (route) => askAsPage(route, await anotherSession(route, { ageMinutes: 12 * 60 })), answer: notLoggedInHere },
    ],
    'what was revoked': [
      {
        when: 'with a session that was logged out',
        ask: async (route) => {
          const cookie = await anotherSession(route);
          const logout = { ...route, method: 'POST', example: '/logout' };
          expect((await askAsPage(logout, cookie)).status).toBe(204);
          return askAsPage(route, cookie);
        },
        answer: notLoggedInHere,
      },
    ],
    'what is for another organisation': [
      { when: 'with a session of another service', ask: (route) => askAsPage(route, cookies[people[route.service === 'actor' ? 'regisseur' : 'actor']]), answer: notLoggedInHere },
      { when: 'for a visit of another actor', at: ofVisit, ask: (route) => atNoorsVisit(route, cookies['ravi']!), answer: visitGone },
      {
        when: 'for a decision of another custodian',
        at: ({ path }) => path === '/api/decisions/{reference}',
        ask: async (route) => {
          const { body } = await requestToken(strangers, { authorization: null });
          const example = route.path.replace('{reference}', String(body['reference']));
          expect((await askAsPage({ ...route, example }, cookies['petra'])).status).toBe(200);
          return askAsPage({ ...route, example }, cookies['fatima']);
        },
        answer: problem('not-found', { language: 'nl', detail: 'Onder deze referentie is bij uw organisatie geen beslissing bekend. Controleer de referentie. Is zij ouder dan de bewaartermijn, dan staat de weigering nog wel in het logboek.' }),
      },
    ],
    'what is for another patient': { never: 'a page names visits and authorizations; whose visit it is, is the question of who may open it' },
    'what is for another practitioner': [
      { when: 'for the visit of a colleague', at: ofVisit, ask: (route) => atNoorsVisit(route, cookies['sem']!), answer: visitGone },
      {
        when: 'on the route of a colleague: her visit is not there',
        at: ({ service, path }) => service === 'actor' && path === '/api/route',
        ask: (route) => askAsPage(route, cookies['sem']),
        answer: { status: 200, contentType: 'application/json', body: { stops: [] } },
      },
    ],
    'what is for another purpose': [
      {
        when: 'for somebody of this organisation with another task',
        at: ({ path }) => path.startsWith('/api/') && path !== '/api/me',
        ask: async (route) => askAsPage(route, await anotherSession(route, { roles: ['planner'] })),
        answer: problem('forbidden', { language: 'nl' }),
      },
    ],
    'what is bound to something else': [
      ...(['https://evil.example', 'http://localhost:1', 'null'] as const).map((origin) => ({
        when: `for a page of ${origin}, whoever's session it has`,
        at: ({ method }: DocumentedRoute) => method !== 'GET',
        ask: async (route: DocumentedRoute) => askAsPage(route, await anotherSession(route), { origin, 'sec-fetch-site': 'cross-site' }),
        answer: problem('cross-site', { language: 'nl' }),
      })),
    ],
    'an assurance that is too low': { never: 'the desk and the route ask no level; the custodian does, of whoever opens a record (check 3)' },
  },
};

// Operator doors.

const loopback = { never: 'it asks for no token: what protects it is that nobody but this machine reaches it, and no web page on it' };

const theOperatorDoors: Protection = {
  name: 'administration, by a door that listens to this machine alone, and to no web page on it',
  covers: ({ door }) => door === 'operator',
  cells: {
    'nobody in particular': loopback,
    garbage: loopback,
    'what has expired': loopback,
    'what was revoked': loopback,
    'what is for another organisation': [
      {
        when: 'for a row or an enrolment of another organisation',
        at: ({ path }) => /^\/operator\/organisations\/\{org\}\/(allowlist|enrolments)\/\{id\}/.test(path),
        ask: ({ service, method, path }) =>
          raw(region.file.services[service].operator, { method, path: path.replace('{org}', vecht.name).replace('{id}', path.includes('allowlist') ? strangers.row : strangers.enrolment), headers: { 'x-operator': 'l-204' } }),
        answer: problem('not-found'),
      },
      {
        when: 'for an organisation that is not of this service',
        at: ({ path }) => path.includes('{org}'),
        ask: ({ service, method, path }) => {
          const body = method === 'GET' ? undefined : goodBodyOf(service, path);
          return raw(region.file.services[service].operator, { method, path: path.replace('{org}', 'nobody-here').replace('{id}', randomUUID()).replace('{patient}', 'nobody').replace('{version}', '1').replace('{viewer}', 'nobody').replace('{did}', encodeURIComponent(strangers.regisseur.did)), ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
        },
        answer: problem('not-found'),
      },
    ],
    'what is for another patient': loopback,
    'what is for another practitioner': loopback,
    'what is for another purpose': loopback,
    'what is bound to something else': [
      {
        when: 'for a web page in a browser on this machine',
        ask: ({ service, method, example }) => raw(region.file.services[service].operator, { method, path: example, headers: { origin: 'https://evil.example' } }),
        answer: problem('cross-site', { detail: 'The operator door takes no requests of web pages.' }),
      },
      {
        when: 'for a web page whose host name was made to mean this machine',
        ask: ({ service, method, example }) => raw(region.file.services[service].operator, { method, path: example, headers: { host: 'evil.example' } }),
        answer: problem('cross-site', { detail: 'The operator door takes no requests of web pages.' }),
      },
    ],
    'an assurance that is too low': loopback,
  },
};

/** A body that the route would take of an organisation that is there; undefined for one that takes none. */
function goodBodyOf(service: DocumentedRoute['service'], path: string): object | undefined {
  const [validFrom, validUntil] = [new Date().toISOString(), new Date(Date.now() + 3_600_000).toISOString()];
  const bodies: Readonly<Record<string, object>> = {
    '/operator/organisations/{org}/allowlist': { regisseur: strangers.regisseur.did, actor: strangers.actor.did, validFrom, validUntil },
    '/operator/organisations/{org}/enrolments': { patient: linde.patient, regisseur: strangers.regisseur.did },
    '/operator/organisations/{org}/settings': {},
    '/operator/organisations/{org}/source': { base: 'https://ecd.example/fhir' },
    '/operator/organisations/{org}/webhook': { url: 'https://ecd.example/anw', secret: 'a secret of at least thirty-two-characters'.replaceAll(' ', '-') },
    '/operator/organisations/{org}/home-access/{patient}': { resourceType: 'Location', description: 'Sleutel bij de buren' },
    '/operator/organisations/{org}/resources': { resourceType: 'Bundle', type: 'collection', entry: [] },
    '/operator/organisations/{org}/partners': { did: strangers.actor.did, name: 'Nachtzorg', role: 'actor' },
    '/operator/organisations/{org}/keys/withdraw': { kid: `${linde.did}#key-1` },
    '/operator/organisations/{org}/regisseurs': { did: strangers.regisseur.did, name: 'Regie West' },
    '/operator/organisations/{org}/decision-trees': sampleDecisionTree,
    '/operator/organisations/{org}/postcode-areas': { areas: [] },
    '/operator/organisations/{org}/alarm-times': { routine: 60, soon: 20, urgent: 10 },
    '/operator/organisations/{org}/triage-systems': { id: 'triagesysteem', name: 'Triagesysteem' },
    '/operator/organisations/{org}/launch-clients': { name: 'ECD', origins: ['https://ecd.example'] },
    '/operator/organisations/{org}/shifts': { ...(service === 'regisseur' && { actor: strangers.actor.did }), practitioner: 'e-77', name: 'V. Reemd', roleName: 'Verpleegkundige', period: { from: validFrom, until: validUntil } },
  };
  return bodies[path];
}

const open: readonly string[] = [
  'GET /iam/{uuid}/did.json',
  'GET /statuslist/{uuid}/{page}',
  'GET /bitstring-statuslist/{uuid}/{page}',
  'GET /.well-known/oauth-authorization-server/oauth2/{org}',
  'GET /.well-known/oauth-authorization-server/oauth2/{org}/triage',
  'GET /oauth2/{org}/presentation_definition',
  'GET /',
  'GET /login',
  'GET /callback',
  'POST /api/launch',
];

const protections = [theRecord, theDesk, theDelivery, theDuty, theLaunches, theTriageTokens, theTriageVisits, theTokenEndpoint, theNotifications, theStaffDoors, theOperatorDoors];

describe('every endpoint against every wrong caller (issue: no token, garbage, expired, revoked, other organisation, patient, practitioner, purpose, binding, assurance)', () => {
  it('every documented route is protected in one way, or open on purpose', () => {
    const ways = routes.map((route) => ({ route: `${route.service}: ${route.method} ${route.path}`, ways: protections.filter((protection) => protection.covers(route)).length + (route.door !== 'operator' && open.includes(`${route.method} ${route.path}`) ? 1 : 0) }));
    expect(ways.filter(({ ways: count }) => count !== 1)).toEqual([]);
    expect(ways.length).toBeGreaterThan(50);
  });

  describe.each(protections.map((protection) => [protection.name, protection] as const))('%s', (_name, protection) => {
    it.each(attemptsOf(protection))('%s is refused %s', async (_caller, _when, attempt) => {
      const meant = routes.filter((route) => protection.covers(route) && (attempt.at?.(route) ?? true));
      expect(meant).not.toEqual([]);
      for (const route of meant) {
        const expected = typeof attempt.answer === 'function' ? attempt.answer(route) : attempt.answer;
        expect({ service: route.service, route: `${route.method} ${route.path}`, ...seenOf(await attempt.ask(route)) }).toEqual({ service: route.service, route: `${route.method} ${route.path}`, ...expected });
      }
    });
  });

  describe('the right caller', () => {
    const statuses = (protection: Protection, askAt: (route: DocumentedRoute) => Promise<RawAnswer>) => Promise.all(routes.filter((route) => protection.covers(route)).map(async (route) => [`${route.method} ${route.path}`, (await askAt(route)).status]));

    it.each(['good', 'overCertificate'] as const)('is let in with a token that is %s', async (which) => {
      expect(await statuses(theRecord, (route) => showToken(record[which], recordRequest(route)))).toEqual([['GET /fhir/{org}/{path}', 200], ['POST /fhir/{org}/{path}', 201]]);
      expect((await statuses(theDesk, (route) => showToken(desk[which], deskRequest(route)))).every(([, status]) => status === 200)).toBe(true);
      expect((await statuses(theDuty, (route) => showToken(duty[which], dutyRequest(route)))).every(([, status]) => status === 200)).toBe(true);
      expect((await statuses(theDelivery, (route) => showToken(delivery[which], deliveryRequest(route)))).every(([, status]) => status === 200)).toBe(true);
    });

    it('spends each proof once', async () => {
      const [route] = routes.filter((candidate) => theRecord.covers(candidate) && candidate.method === 'GET');
      const request = recordRequest(route!);
      const proof = await createDpopProof(record.good.key!, { method: request.method, url: request.url, accessToken: record.good.text }, () => new Date());
      expect((await showToken(record.good, request, { proof })).status).toBe(200);
      expect(seenOf(await showToken(record.good, request, { proof }))).toEqual(fhirDialect.invalidProof);
    });

    it('is let in at the staff doors with her own session', async () => {
      for (const service of serviceNames) {
        const route = routes.find((candidate) => candidate.service === service && candidate.path === '/api/me')!;
        expect([service, (await askAsPage(route, cookies[people[service]])).status]).toEqual([service, 200]);
      }
      const dossier = routes.find(({ path }) => path === '/api/visits/{id}/dossier')!;
      expect((await atNoorsVisit(dossier, cookies['noor']!)).status).toBe(200);
    });
  });

  describe('the operator doors', () => {
    it.each(serviceNames)('of the %s listen to one address of this machine, and no other', async (service) => {
      const { hostname, port } = new URL(region.file.services[service].operator);
      expect(hostname).toBe('127.0.0.1');
      await expect(reach('127.0.0.1', Number(port))).resolves.toBe(true);
      await expect(reach('127.0.0.2', Number(port))).resolves.toBe(false);
      await expect(reach('::1', Number(port))).resolves.toBe(false);
    });
  });
});

function reach(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 1_000 });
    const end = (reached: boolean) => () => {
      socket.destroy();
      resolve(reached);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
}
