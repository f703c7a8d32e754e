import { DossierView } from '@anw/api-contracts';
import { anw2022Resources, createDpopProof, requestAccessToken } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, createSelfAttestedEmployee, createStatusEntries, decodeBitstring, issueAuthorizationCredential, parseCredential } from '@anw/credentials';
import { createEvent, NOTIFICATION_MEDIA_TYPE, signEvent } from '@anw/notifications';
import type { OutboundFetch } from '@anw/outbound';
import { castOf, createStoryContext, type Region, type StaffSession } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { ANW_PURPOSE_OF_USE, Did, DidUrl, EmployeeIdentifier, fragmentOf, PatientHandle } from '@anw/values';
import { decodeJwt } from 'jose';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { becomeNodeCustodian, type NodeCustodian, type NodeTokenRequest } from './support/node-custodian.js';
import { nodePresentation, nodeSubmission, type PresentationFacts } from './support/node-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { playPart } from './support/play-part.js';
import { queryDatabase } from './support/query-database.js';
import { employeeOf, hoursFromNow, newId, organisationOf } from './support/stranger-credentials.js';
import { startTemporaryRegion } from './support/temporary-region.js';

/**
 * Contract B (spec nuts-protocols §4.10): what our client sends so that a nuts-node accepts it. The region's own actor
 * opens a dossier at a custodian whose authorization server is such a node; a regisseur from outside sent its nurse there.
 */
let region: Region;
let network: PartnerNetwork;
let nobody: OutboundFetch;
let regisseur: TestPartner;
let nurse: StaffSession;
let actor: Region['file']['organisations'][number];
let employeeNumber: string;

const offers = new Map<string, object>();

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  network = await openPartnerNetwork(region);
  nobody = network.connect();
  regisseur = await network.addPartner('node-regisseur.localhost', 'regie-west');
  regisseur.answer = ({ path }) => (offers.has(path) ? { status: 200, body: offers.get(path)! } : undefined);
  const story = createStoryContext(region, region.file.patients[0]!);
  const cast = castOf(story);
  ({ actor } = cast);
  ({ employeeNumber } = cast.nurse);
  nurse = await story.sessionOf(cast.nurse.username);
});
afterAll(async () => {
  await network?.close();
  await region?.stop();
});

async function openNode(host: string, options: { readonly offersDpop?: boolean; readonly lagMilliseconds?: number } = {}): Promise<NodeCustodian> {
  const partner = await network.addPartner(`${host}.localhost`, 'knoop', { servesFhir: true });
  return becomeNodeCustodian({ partner, fetch: nobody, scope: ANW_ACCESS_SCOPE, offersDpop: true, ...options });
}

/** What the regisseur grants this actor at this custodian, for this nurse. */
async function authorizationFor({ partner }: NodeCustodian, holder: Did, practitioner: string): Promise<{ readonly id: DidUrl; readonly credential: string }> {
  const id = newId(regisseur.did);
  const credential = await issueAuthorizationCredential(regisseur.signer, {
    id,
    actor: holder,
    custodian: partner.did,
    delegation: DidUrl.parse(`${partner.did}#${randomUUID()}`),
    handle: PatientHandle.parse(`urn:uuid:${randomUUID()}`),
    practitioner: EmployeeIdentifier.parse(practitioner),
    purposeOfUse: ANW_PURPOSE_OF_USE,
    resources: anw2022Resources,
    period: hoursFromNow(0, 4),
    status: createStatusEntries({ door: regisseur.url, uuid: regisseur.organisation.id }, { page: 1, index: 417 }),
  });
  return { id, credential };
}

/** A visit of the region's nurse to a client of this custodian, offered by the regisseur; gives the id it has on her route. */
async function sendNurseTo(node: NodeCustodian): Promise<string> {
  const { id, credential } = await authorizationFor(node, Did.parse(actor.did), employeeNumber);
  const path = `/anw/regie-west/authorizations/${fragmentOf(id)}`;
  const window = hoursFromNow(0, 1);
  const context = { note: 'Sleutel in het kastje', urgency: 'soon', visitWindow: { from: window.from.toISOString(), until: window.until.toISOString() }, patient: { name: 'K. Knoop', birthDate: '1941-05-12' }, custodian: { did: node.partner.did, name: 'Zorg aan de Knoop' } };
  offers.set(path, { credential, context });
  const event = createEvent({ type: 'nl.anw.authorization.offered.v1', source: regisseur.did, recipient: Did.parse(actor.did), subject: id, href: regisseur.url + path }, { now: new Date() });
  const { status } = await network.connect(regisseur.certificate)(`${region.file.services.actor.partner}/anw/${actor.name}/notifications`, { method: 'POST', headers: { 'content-type': NOTIFICATION_MEDIA_TYPE }, body: await signEvent(event, regisseur.signer) });
  if (status !== 202) throw new Error(`the offer was answered with ${status}`);
  return fragmentOf(id);
}

async function openDossier(visit: string): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await nurse.request('GET', `/api/visits/${visit}/dossier`);
    // Until the actor has pulled what it was offered, the visit is not on her route.
    if (response.status !== 404 || attempt === 50) return response;
    await response.body?.cancel();
    await sleep(100);
  }
}

describe('our actor at a custodian whose authorization server is a nuts-node', () => {
  let node: NodeCustodian;
  let dossier: DossierView;
  let sent: NodeTokenRequest;
  beforeAll(async () => {
    node = await openNode('node-custodian');
    const response = await openDossier(await sendNurseTo(node));
    expect([response.status, node.tokenRequests.map(({ refused }) => refused)]).toEqual([200, [undefined]]);
    dossier = DossierView.parse(await response.json());
    sent = node.tokenRequests[0]!;
  });

  const credentials = () => sent.claims.vp.verifiableCredential as readonly string[];

  it('opens the dossier, of the patient whom the custodian knows by its own handle', () => {
    expect(dossier).toMatchObject({ complete: true, custodian: { did: node.partner.did }, patient: { birthDate: '1941-05-12' } });
    expect(decodeURIComponent(node.fhirRequests[0]!.path)).toMatch(/\/Patient\?identifier=urn:ietf:rfc:3986\|urn:uuid:[0-9a-f-]{36}$/);
    expect(node.fhirRequests.slice(1).every(({ path }) => decodeURIComponent(path).includes('node-patient-1'))).toBe(true);
  });

  it('B1 the audience is the issuer of the metadata, byte for byte', () => {
    expect([sent.claims.aud].flat()).toEqual([node.partner.organisation.issuer]);
  });

  it('B2 the definition is asked for with exactly the scope, and answered by its id', () => {
    expect(node.definitionRequests).toEqual([`/oauth2/knoop/presentation_definition?wallet_owner_type=organization&scope=${ANW_ACCESS_SCOPE}`]);
    expect([sent.form.get('scope'), sent.submission['definition_id']]).toEqual([ANW_ACCESS_SCOPE, node.definition.id]);
  });

  it('B3 the presentation is a JWT with `typ`, ES256 and the full id of a key in our did.json', async () => {
    expect(sent.header).toEqual({ typ: 'JWT', alg: 'ES256', kid: expect.any(String) });
    const { document } = await ownDocument();
    expect(document.assertionMethod).toContain(sent.header['kid']);
  });

  it('B4 its claims are ours, two seconds back and good for five, with a nonce of its own', () => {
    const { iss, sub, jti, nbf = 0, exp = 0, iat, nonce } = sent.claims as typeof sent.claims & { readonly nonce: string };
    const received = sent.receivedAt.getTime() / 1000;
    expect([iss, sub, jti]).toEqual([actor.did, actor.did, expect.stringMatching(new RegExp(`^${actor.did.replaceAll('.', '\\.')}#[0-9a-f-]{36}$`))]);
    expect([nbf <= received - 1.9, nbf >= received - 5, exp - nbf, iat ?? nbf]).toEqual([true, true, 5, nbf]);
    expect(Buffer.from(nonce, 'base64url').length).toBeGreaterThanOrEqual(16);
  });

  it('B5 `vp` has context and type in arrays, our DID for holder, and an array of credentials', () => {
    expect(sent.claims.vp).toEqual({ '@context': ['https://www.w3.org/2018/credentials/v1'], type: ['VerifiablePresentation'], holder: actor.did, verifiableCredential: expect.any(Array) });
  });

  it('B6 credentials come in the order of the descriptors, and none that was not asked for', () => {
    expect(credentials().map((jwt) => decodeJwt<{ vc: { type: string[] } }>(jwt).vc.type)).toEqual([
      ['VerifiableCredential', 'NutsOrganizationCredential'],
      ['VerifiableCredential', 'NutsEmployeeCredential'],
      ['VerifiableCredential', 'ANWAuthorizationCredential'],
    ]);
  });

  it('B7 the submission points at each by its index, in its format', () => {
    expect(sent.submission).toEqual({
      id: expect.any(String),
      definition_id: node.definition.id,
      descriptor_map: ['org', 'employee', 'authorization'].map((id, index) => ({ id, format: 'jwt_vc', path: `$.verifiableCredential[${index}]` })),
    });
  });

  it('B8 every credential is about us', () => {
    expect(credentials().map((jwt) => decodeJwt(jwt).sub)).toEqual([actor.did, actor.did, actor.did]);
  });

  it('B9 `client_id` is our issuer, the form is a form, and JSON is asked for', () => {
    expect(sent.form.get('client_id')).toBe(actor.issuer);
    expect([sent.headers['content-type'], sent.headers.accept]).toEqual(['application/x-www-form-urlencoded', 'application/json']);
  });

  it('B10 did.json is what a node reads: media type, its own id, absolute ids, a short life', async () => {
    const { document, headers } = await ownDocument();
    expect([headers.get('content-type'), headers.get('cache-control')]).toEqual([expect.stringMatching(/^application\/(did\+)?(ld\+)?json\b/), expect.stringMatching(/max-age=\d{1,4}$/)]);
    expect(document.id).toBe(actor.did);
    for (const id of [...document.assertionMethod, ...document.verificationMethod.map((method) => method.id)]) expect(id.startsWith(`${actor.did}#`)).toBe(true);
  });

  async function ownDocument() {
    const response = await nobody(`${region.file.services.actor.partner}/iam/${actor.did.split(':').at(-1)}/did.json`);
    return { headers: response.headers, document: (await response.json()) as { id: string; assertionMethod: string[]; verificationMethod: { id: string }[] } };
  }

  it('B11 DPoP proofs are two seconds back, bring the public half of the key that signs, name no query, and are new each time', () => {
    const proofs = [sent.dpop!, ...node.fhirRequests.map(({ headers }) => proofOf(String(headers['dpop'])))];
    const received = sent.receivedAt.getTime() / 1000;
    expect([sent.dpop!.claims.iat! <= received - 1.9, sent.dpop!.claims.iat! >= received - 5]).toEqual([true, true]);
    expect(proofs.map(({ header }) => header)).toEqual(proofs.map(() => ({ typ: 'dpop+jwt', alg: 'ES256', jwk: { kty: 'EC', crv: 'P-256', x: expect.any(String), y: expect.any(String) } })));
    expect(new Set(proofs.map(({ header }) => JSON.stringify(header['jwk']))).size).toBe(1);
    expect(proofs.every(({ claims }) => !String(claims['htu']).includes('?'))).toBe(true);
    expect(new Set(proofs.map(({ claims }) => claims.jti)).size).toBe(proofs.length);
    expect(node.fhirRequests.every(({ authorization }) => authorization?.startsWith('DPoP '))).toBe(true);
  });

  function proofOf(jwt: string) {
    return { header: JSON.parse(Buffer.from(jwt.split('.')[0]!, 'base64url').toString()) as Record<string, unknown>, claims: decodeJwt(jwt) };
  }

  it('B12 the status lists of what our regisseur issues can be had by everyone, in the form that a node reads', async () => {
    const story = createStoryContext(region, region.file.patients[0]!);
    await playPart(story, { to: 'authorization-issued' });
    const [row] = await queryDatabase<{ credential: string }>(region, 'regisseur', 'SELECT credential FROM issued_authorization ORDER BY issued_at DESC LIMIT 1');
    const entries = parseCredential(row!.credential).status as readonly { type: string; statusListCredential: string; statusListIndex: string }[];
    const { statusListCredential: url, statusListIndex } = entries.find((entry) => entry.type === 'StatusList2021Entry')!;
    const response = await nobody(url);
    const list = (await response.json()) as { credentialSubject: { id: string; encodedList: string }; issuer: string };
    expect([response.status, list.credentialSubject.id, list.issuer, typeof statusListIndex]).toEqual([200, url, decodeJwt(row!.credential).iss, 'string']);
    expect(decodeBitstring(list.credentialSubject.encodedList)).toHaveLength(16_384);
  });

  it('B13 what we issue is some seconds old when it arrives', () => {
    const received = sent.receivedAt.getTime() / 1000;
    expect(credentials().map((jwt) => decodeJwt(jwt).nbf! <= received - 4)).toEqual([true, true, true]);
  });

  it('B14 a token request is far below 1 MiB', () => expect(sent.bytes).toBeLessThan(32 * 1024));
});

describe('the node of these tests', () => {
  it.each<readonly [string, string, (asking: Asking) => Asking | Promise<Asking>]>([
    ['a presentation for another', 'audience', (asking) => ({ ...asking, audience: 'https://elders.example' })],
    ['a presentation that begins two seconds from now', 'verification', (asking) => ({ ...asking, claims: { nbf: Math.floor(Date.now() / 1000) + 2, iat: undefined, exp: Math.floor(Date.now() / 1000) + 6 } })],
    ['a presentation that lasts six seconds', 'valid for too long', (asking) => ({ ...asking, claims: { exp: Math.floor(Date.now() / 1000) + 6 } })],
    ['a presentation without nonce', 'nonce', (asking) => ({ ...asking, claims: { nonce: undefined } })],
    ['a credential about another', 'signer is not credential subject', async (asking) => ({ ...asking, organization: await organisationOf(regisseur) })],
    ['another credential in front that fits first', 'does not conform', async (asking) => ({ ...asking, inFront: await organisationOf(asking.holder) })],
    ['a credential whose signature does not hold', 'verification', (asking) => ({ ...asking, organization: `${asking.organization.slice(0, -8)}AAAAAAAA` })],
    ['a request without client_id', 'missing required parameters', (asking) => ({ ...asking, form: { client_id: '' } })],
    ['another scope', 'scope', (asking) => ({ ...asking, form: { scope: 'anw-regisseur' } })],
    ['a DPoP proof from the future', 'from the future', async (asking) => ({ ...asking, dpop: await createDpopProof(asking.holder.signer, { method: 'POST', url: 'https://x.example/' }, () => new Date(Date.now() + 10_000)) })],
  ])('is as strict as a node: it refuses %s', async (_, reason, change) => {
    const node = await openNode('strict-node');
    const holder = await network.addPartner('node-client.localhost', 'nachtzorg');
    const authorization = await authorizationFor(node, Did.parse(holder.did), 'e-77');
    const employee = await employeeOf(holder);
    const right: Asking = { holder, audience: node.partner.organisation.issuer, organization: await organisationOf(holder) };
    const send = async ({ organization, inFront, form, dpop, ...presentation }: Asking, accept = 'application/json') => {
      const descriptors = Object.entries({ org: organization, employee, authorization: authorization.credential }).map(([id, credential]) => ({ id, credential }));
      const presented = [...(inFront === undefined ? [] : [{ id: 'org', credential: inFront }]), ...descriptors];
      const credentials = presented.map(({ credential }) => credential);
      const submission = JSON.parse(nodeSubmission(node.definition.id, presented, 'head')) as { descriptor_map: object[] };
      const parameters = {
        grant_type: 'vp_token-bearer',
        client_id: 'x',
        scope: ANW_ACCESS_SCOPE,
        presentation_submission: JSON.stringify({ ...submission, descriptor_map: submission.descriptor_map.slice(-3) }),
        assertion: await nodePresentation({ ...presentation, credentials, release: 'head' }),
        ...form,
      };
      return nobody(`${node.partner.organisation.issuer}/token`, { method: 'POST', headers: { accept, 'content-type': 'application/x-www-form-urlencoded', ...(dpop && { dpop }) }, body: new URLSearchParams(parameters).toString() });
    };
    expect((await send(right)).status).toBe(200);
    const wrong = await change(right);
    expect([(await send(wrong)).status, node.tokenRequests.at(-1)?.refused]).toEqual([400, expect.stringContaining(reason)]);
    // "Error bodies are HTML without Accept: application/json" (§10 pitfall 25).
    expect((await send(wrong, '*/*')).headers.get('content-type')).toBe('text/html');
  });

  interface Asking extends Pick<PresentationFacts, 'holder' | 'audience' | 'claims'> {
    readonly organization: string;
    readonly inFront?: string;
    readonly form?: Readonly<Record<string, string>>;
    readonly dpop?: string;
  }
});

describe('other nodes', () => {
  it('B4 B11 B13 a node whose clock runs two seconds behind and that allows no skew accepts our client as well', async () => {
    const node = await openNode('late-node', { lagMilliseconds: 1_900 });
    const response = await openDossier(await sendNurseTo(node));
    expect([response.status, node.tokenRequests.map(({ refused }) => refused)]).toEqual([200, [undefined]]);
  });

  it('B11 a node that offers no DPoP is shown no key, and its token is used over our client certificate', async () => {
    const node = await openNode('bearer-node', { offersDpop: false });
    expect((await openDossier(await sendNurseTo(node))).status).toBe(200);
    expect(node.tokenRequests.map(({ dpop }) => dpop)).toEqual([undefined]);
    expect(node.fhirRequests.length).toBeGreaterThan(1);
    expect(node.fhirRequests.every(({ authorization, headers }) => authorization?.startsWith('Bearer ') && headers['dpop'] === undefined)).toBe(true);
  });

  it('a token is asked for once for one nurse and one authorization', async () => {
    const node = await openNode('patient-node');
    const visit = await sendNurseTo(node);
    expect([(await openDossier(visit)).status, (await openDossier(visit)).status, node.tokenRequests.length]).toEqual([200, 200, 1]);
  });

  it('a node that refuses is understood: the nurse hears that she has no access', async () => {
    const node = await openNode('stern-node');
    const { answer } = node.partner;
    node.partner.answer = (request) => (request.path.endsWith('/token') ? { status: 400, body: { error: 'invalid_request', error_description: 'no' } } : answer(request));
    expect((await openDossier(await sendNurseTo(node))).status).toBe(403);
  });

  it('B7 B8 an employee without proof is sent as a node attests her itself', async () => {
    const node = await openNode('attesting-node');
    const holder = await network.addPartner('self-attesting.localhost', 'nachtzorg');
    const { signer, did, organisation } = holder;
    const user = { identifier: EmployeeIdentifier.parse('e-77'), name: 'V. Reemd', roleName: 'Verpleegkundige' };
    const { credential: authorization } = await authorizationFor(node, did, user.identifier);
    const credentials = [await organisationOf(holder), createSelfAttestedEmployee({ id: newId(did), employer: did, user, now: new Date() }), authorization];
    const token = await requestAccessToken({ fetch: nobody, signer, clientId: organisation.issuer, clock: () => new Date(), authorizationServer: node.partner.organisation.issuer, scope: ANW_ACCESS_SCOPE, credentials });
    expect(token).toMatchObject({ accessToken: expect.any(String), proofKey: { kid: signer.kid } });
    expect(node.tokenRequests[0]?.submission['descriptor_map']).toContainEqual({ id: 'employee', format: 'ldp_vc', path: '$.verifiableCredential[1]' });
  });
});
