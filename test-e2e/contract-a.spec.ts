import { createDpopProof, dpopAlgorithms } from '@anw/authorization';
import { ANW_ACCESS_SCOPE, createSelfAttestedEmployee } from '@anw/credentials';
import { type JwsAlgorithm, jwsAlgorithms } from '@anw/identity';
import type { OutboundFetch } from '@anw/outbound';
import type { Region } from '@anw/region';
import type { TestPartner } from '@anw/testing';
import { issueX509Credential } from '@anw/testing/certificates';
import { EmployeeIdentifier } from '@anw/values';
import { connect as connectTls } from 'node:tls';
import { readFile } from 'node:fs/promises';
import { askFhir, bloodPressuresOf } from './support/fhir-request.js';
import { linkedDataOrganisation } from './support/linked-data-credential.js';
import { type Descriptor, nestedSubmission, type NodeRelease, nodePresentation, nodePresentationClaims, nodeSubmission, type PresentationFacts, type Presented } from './support/node-request.js';
import { openPartnerNetwork, type PartnerNetwork } from './support/partner-network.js';
import { type ServedRegister, serveUziRegister } from './support/serve-revocation-lists.js';
import { authorizationOf, employeeOf, hoursFromNow, newId, organisationOf } from './support/stranger-credentials.js';
import { type AskedCustodian, custodianNamed, fetchDelegation, showing, type Strangers } from './support/strangers.js';
import { startTemporaryRegion } from './support/temporary-region.js';

/**
 * Contract A (spec nuts-protocols §4.9): what our authorization server serves so that a nuts-node can get a token. The
 * node is an organisation from outside that writes what release 6.2.10 or the head of nuts-node writes.
 */
const reference = expect.stringMatching(/^[0-9a-f-]{36}$/);
const json = expect.stringMatching(/^application\/json\b/);
const releases: readonly NodeRelease[] = ['6.2.10', 'head'];
const otherAlgorithms = jwsAlgorithms.filter((algorithm) => algorithm !== 'ES256');

let region: Region;
let network: PartnerNetwork;
let linde: AskedCustodian;
let node: Strangers;
let register: ServedRegister;
let nobody: OutboundFetch;

beforeAll(async () => {
  region = await startTemporaryRegion({ bus: 'none', logLevel: 'error' });
  network = await openPartnerNetwork(region);
  register = await serveUziRegister();
  linde = custodianNamed(region, 'de-linde');
  nobody = network.connect();
  const actor = await network.addPartner('node-actor.localhost', 'nachtzorg', { algorithms: otherAlgorithms });
  const regisseur = await network.addPartner('node-regisseur.localhost', 'regie-west', { algorithms: otherAlgorithms });
  const row = await linde.operator.allow(regisseur.did, actor.did);
  const { id: enrolment, handle } = await linde.operator.enrol(linde.patient, regisseur.did);
  const delegation = await fetchDelegation(network, linde, regisseur);
  node = { custodian: linde, actor, regisseur, fetch: network.connect(actor.certificate), row, enrolment, handle, delegation };
});
afterAll(async () => {
  await network?.close();
  await register?.stop();
  await region?.stop();
});
afterEach(() => linde.operator.demand({}));

const selfAttested = (change: object = {}): Presented => {
  const { did } = node.actor;
  const user = { identifier: EmployeeIdentifier.parse('e-77'), name: 'V. Reemd', roleName: 'Verpleegkundige' };
  return { ...createSelfAttestedEmployee({ id: newId(did), employer: did, user, now: new Date() }), ...change };
};

/** The three credentials of a visit, each to be had in another form. */
async function wallet(change: Partial<Record<'organization' | 'employee' | 'authorization', Presented>> = {}): Promise<readonly [Descriptor, ...Descriptor[]]> {
  return [
    { id: 'organization', credential: change.organization ?? (await organisationOf(node.actor)) },
    { id: 'employee', credential: change.employee ?? selfAttested() },
    { id: 'authorization', credential: change.authorization ?? (await authorizationOf(node)) },
  ];
}

interface Asking {
  readonly descriptors?: readonly Descriptor[];
  readonly release?: NodeRelease;
  readonly presentation?: Partial<PresentationFacts>;
  /** Other form parameters; undefined leaves one out. */
  readonly form?: Readonly<Record<string, string | undefined>>;
  readonly fetch?: OutboundFetch;
  readonly headers?: Readonly<Record<string, string>>;
}

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A token request as the node sends it (§4.4). */
async function ask({ descriptors, release = 'head', presentation, form, fetch = node.fetch, headers }: Asking = {}): Promise<Answered> {
  const presented = descriptors ?? (await wallet());
  const parameters = {
    grant_type: 'vp_token-bearer',
    client_id: node.actor.organisation.issuer,
    scope: ANW_ACCESS_SCOPE,
    presentation_submission: nodeSubmission(`pd-${ANW_ACCESS_SCOPE}`, presented, release),
    assertion: await nodePresentation({ holder: node.actor, audience: linde.issuer, credentials: presented.map(({ credential }) => credential), release, ...presentation }),
    ...form,
  };
  return post(new URLSearchParams(Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined)), fetch, headers);
}

async function post(form: URLSearchParams, fetch: OutboundFetch = node.fetch, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
  const response = await fetch(`${linde.issuer}/token`, { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...headers }, body: form.toString() });
  return { status: response.status, headers: response.headers, body: (await response.json()) as Answered['body'] };
}

/** A regisseur of the same kind asks with the one credential that its scope takes. */
async function askAsRegisseur(release: NodeRelease, presentation: Partial<PresentationFacts> = {}): Promise<Answered> {
  const credential = await organisationOf(node.regisseur);
  const assertion = await nodePresentation({ holder: node.regisseur, audience: linde.issuer, credentials: [credential], release, ...presentation });
  const presentation_submission = nodeSubmission('pd-anw-regisseur', [{ id: 'organization', credential }], release);
  return post(new URLSearchParams({ grant_type: 'vp_token-bearer', client_id: 'x', scope: 'anw-regisseur', presentation_submission, assertion }), network.connect(node.regisseur.certificate));
}

async function getJson(url: string, fetch: OutboundFetch = nobody): Promise<Answered> {
  const { status, headers, ...response } = await get(url, fetch);
  return { status, headers, body: JSON.parse(response.text) as Answered['body'] };
}

async function get(url: string, fetch: OutboundFetch = nobody): Promise<{ status: number; headers: Headers; text: string }> {
  const response = await fetch(url, { headers: { accept: 'application/json' } });
  return { status: response.status, headers: response.headers, text: await response.text() };
}

const wellKnown = () => {
  const { origin, pathname } = new URL(linde.issuer);
  return `${origin}/.well-known/oauth-authorization-server${pathname}`;
};
const metadata = async () => (await getJson(wellKnown())).body;
const definitionFor = (scope: string) => getJson(`${linde.issuer}/presentation_definition?scope=${encodeURIComponent(scope)}`);

const granted = { status: 200, body: { access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), scope: ANW_ACCESS_SCOPE } };
const refusedWith = (error: string) => ({ status: 400, body: { error, error_description: expect.any(String), reference } });
const refused = refusedWith('invalid_request');

describe('what a node finds', () => {
  it('A1 metadata lies between host and path of the issuer, as JSON', async () => {
    const { status, headers, body } = await getJson(wellKnown());
    expect([status, headers.get('content-type')]).toEqual([200, json]);
    expect(body).toMatchObject({ grant_types_supported: ['vp_token-bearer'], scopes_supported: expect.arrayContaining([ANW_ACCESS_SCOPE, 'anw-regisseur']) });
  });

  it('A2 the issuer has no slash, query or fragment at its end, and is byte for byte the one that was asked for', async () => {
    const { issuer } = await metadata();
    expect([issuer, linde.issuer.endsWith('/'), new URL(linde.issuer).search, new URL(linde.issuer).hash]).toEqual([linde.issuer, false, '', '']);
  });

  it('A3 A4 token endpoint and definition endpoint are absolute URLs', async () => {
    const { token_endpoint: token, presentation_definition_endpoint: definition } = await metadata();
    expect([token, definition]).toEqual([`${linde.issuer}/token`, `${linde.issuer}/presentation_definition`]);
  });

  it('A5 the DID methods of holders and issuers are listed, and did:x509 where an authority is trusted', async () => {
    expect((await metadata())['did_methods_supported']).toEqual(['web']);
    await linde.operator.demand({ organisationEvidence: { authorities: [register.authority.fingerprint] } });
    expect((await metadata())['did_methods_supported']).toEqual(['web', 'x509']);
  });

  it.each(['did:jwk:eyJrdHkiOiJFQyJ9', 'did:key:zDnaerDaTF5BXEavCrfRZEk316dpbLsfPDZ3WJ5hRTPFU2169'])('A5 a holder of a method that is not listed is refused: %s', async (did) => {
    const holder: TestPartner = { ...node.actor, signer: { ...node.actor.signer, kid: `${did}#0` as never } };
    expect(await ask({ presentation: { holder } })).toMatchObject(refused);
  });

  it('A6 formats of presentations and credentials are listed under the names that a node looks for', async () => {
    expect((await metadata())['vp_formats_supported']).toEqual({
      jwt_vp_json: { alg_values_supported: jwsAlgorithms },
      jwt_vc_json: { alg_values_supported: jwsAlgorithms },
      ldp_vc: { proof_type_values_supported: ['JsonWebSignature2020'] },
    });
  });

  it('A7 the definition endpoint answers for exactly the scope', async () => {
    const { status, headers, body } = await definitionFor(ANW_ACCESS_SCOPE);
    expect([status, headers.get('content-type'), body['id']]).toEqual([200, json, `pd-${ANW_ACCESS_SCOPE}`]);
    const named = `${ANW_ACCESS_SCOPE}:b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de`;
    expect((await definitionFor(named)).body['id']).toBe(`pd-${named.replace(':', '-')}`);
  });

  it.each(['zorginzage', '', 'ANW-ZORG-2022', `${ANW_ACCESS_SCOPE} anw-regisseur`, `${ANW_ACCESS_SCOPE}:999911120`])('A7 the definition endpoint answers 400 invalid_scope for %j', async (scope) => {
    expect(await definitionFor(scope)).toMatchObject({ status: 400, body: { error: 'invalid_scope' } });
  });

  it('A8 the definition keeps within what every node reads, asks for each claim by both paths, and takes a presentation as JWT', async () => {
    await linde.operator.demand({ organisationEvidence: { authorities: [register.authority.fingerprint] } });
    for (const scope of [ANW_ACCESS_SCOPE, 'anw-regisseur']) {
      const definition = (await definitionFor(scope)).body as unknown as NodeDefinition;
      expect(Object.keys(definition).sort()).toEqual(['format', 'id', 'input_descriptors']);
      expect(definition.format).toMatchObject({ jwt_vp: { alg: expect.arrayContaining(['ES256']) }, jwt_vc: { alg: expect.arrayContaining(['ES256', 'PS256']) }, ldp_vc: { proof_type: ['JsonWebSignature2020'] } });
      const fields = definition.input_descriptors.flatMap(({ constraints }) => constraints.fields);
      for (const { path, filter } of fields) {
        expect(Object.keys(filter).filter((keyword) => !['type', 'const', 'enum', 'pattern'].includes(keyword))).toEqual([]);
        expect(filter.type).toBe('string');
        const claims = path.filter((one) => one.startsWith('$.credentialSubject'));
        for (const one of claims.filter((claim) => claim.includes('[0]'))) expect(claims).toContain(one.replace('[0]', ''));
        expect(claims.filter((claim) => claim.includes('[0]')).length * 2).toBe(claims.length);
      }
      const ids = fields.flatMap(({ id }) => id ?? []);
      expect(ids.filter((id, index) => ids.indexOf(id) !== index || ['iss', 'sub', 'exp', 'iat', 'active', 'client_id', 'scope'].includes(id))).toEqual([]);
    }
  });
});

interface NodeDefinition {
  readonly format: object;
  readonly input_descriptors: readonly { readonly constraints: { readonly fields: readonly { readonly id?: string; readonly path: readonly string[]; readonly filter: { readonly type: string } }[] } }[];
}

describe('what a node sends', () => {
  it('A9 parameters that we do not know are ignored, `client_id` among them', async () => {
    expect(await ask({ form: { client_id: 'https://somebody-else.example', resource: 'x', audience: 'y' } })).toMatchObject(granted);
    expect(await ask({ form: { client_id: undefined } })).toMatchObject(granted);
  });

  describe.each(releases)('A10 the presentation of node %s', (release) => {
    it('is accepted with three credentials', async () => expect(await ask({ release })).toMatchObject(granted));
    it('is accepted with one credential', async () => expect(await askAsRegisseur(release)).toMatchObject({ status: 200, body: { scope: 'anw-regisseur' } }));
    it('is accepted with a single credential in an array, and its path with an index', async () => {
      expect(await askAsRegisseur('head', { release })).toMatchObject({ status: 200 });
    });
  });

  it.each([
    ['in `kid` alone', { sub: undefined, iss: undefined }, { holder: undefined }],
    ['in `sub`', { iss: undefined }, { holder: undefined }],
    ['in `vp.holder`', { sub: undefined, iss: undefined }, {}],
    ['in `iss`', { sub: undefined }, { holder: undefined }],
  ])('A10 the holder may be named %s', async (_, claims, vp) => {
    const named = 'holder' in vp ? vp : { holder: node.actor.did };
    expect(await ask({ presentation: { claims: { ...(!('iss' in claims) && { iss: node.actor.did }), ...claims }, vp: named } })).toMatchObject(granted);
  });

  it.each(['iss', 'sub', 'holder'])('A10 a holder who is named otherwise in `%s` than she signs is refused', async (place) => {
    const other = node.regisseur.did;
    expect(await ask({ presentation: place === 'holder' ? { vp: { holder: other } } : { claims: { [place]: other } } })).toMatchObject(refused);
  });

  it('A10 one presentation for each credential, in an array, is accepted', async () => {
    const descriptors = await wallet();
    expect(await ask({ descriptors, form: { assertion: await separately(descriptors), presentation_submission: nestedSubmission(`pd-${ANW_ACCESS_SCOPE}`, descriptors) } })).toMatchObject(granted);
  });

  it('A10 presentations of two holders together are refused', async () => {
    const descriptors = await wallet();
    const [, ...others] = JSON.parse(await separately(descriptors)) as string[];
    const strange = await nodePresentation({ holder: node.regisseur, audience: linde.issuer, credentials: [await organisationOf(node.regisseur)], release: 'head' });
    const form = { assertion: JSON.stringify([strange, ...others]), presentation_submission: nestedSubmission(`pd-${ANW_ACCESS_SCOPE}`, descriptors) };
    expect(await ask({ descriptors, form })).toMatchObject(refused);
  });

  async function separately(descriptors: readonly Descriptor[]): Promise<string> {
    return JSON.stringify(await Promise.all(descriptors.map(({ credential }) => nodePresentation({ holder: node.actor, audience: linde.issuer, credentials: [credential], release: 'head' }))));
  }

  it.each([
    ['as a string', () => linde.issuer, 200],
    ['in an array', () => [linde.issuer], 200],
    ['among others', () => ['https://elders.example', linde.issuer], 200],
    ['not at all', () => ['https://elders.example'], 400],
    ['with a slash at its end', () => [`${linde.issuer}/`], 400],
    ['as the token endpoint', () => [`${linde.issuer}/token`], 400],
  ])('A11 `aud` names our issuer %s', async (_, aud, status) => {
    expect((await ask({ presentation: { claims: { aud: aud() } } })).status).toBe(status);
  });

  it.each([
    ['begins 3 s from now by its own clock', { nbf: 3, exp: 8 }, 200],
    ['ended 3 s ago', { nbf: -8, exp: -3 }, 200],
    ['begins 20 s from now', { nbf: 20, exp: 25 }, 400],
    ['ended 20 s ago', { nbf: -25, exp: -20 }, 400],
    ['is good for 6 s', { nbf: -1, exp: 5 }, 400],
    ['has no end', { nbf: 0, exp: undefined }, 400],
    ['has no beginning', { nbf: undefined, iat: undefined, exp: 5 }, 400],
  ])('A12 a presentation that %s', async (_, times, status) => {
    const now = Math.floor(Date.now() / 1000);
    const claims = Object.fromEntries(Object.entries({ iat: undefined, ...times }).map(([name, offset]) => [name, offset === undefined ? undefined : now + offset]));
    expect((await ask({ presentation: { claims } })).status).toBe(status);
  });

  it('A13 an employee without proof is vouched for by the holder who presents her, at level low', async () => {
    expect(await ask({ descriptors: await wallet({ employee: selfAttested() }) })).toMatchObject(granted);
    await linde.operator.demand({ minimumAssuranceLevel: 'substantial' });
    expect(await ask({ descriptors: await wallet({ employee: selfAttested() }) })).toMatchObject(refused);
    expect(await ask({ descriptors: await wallet({ employee: await employeeOf(node.actor) }) })).toMatchObject(granted);
  });

  it.each([
    ['in the name of another', () => ({ employee: selfAttested({ issuer: node.regisseur.did, id: newId(node.regisseur.did) }) })],
    ['about another', () => ({ employee: selfAttested({ credentialSubject: { id: node.regisseur.did, identifier: 'e-77', name: 'V. Reemd' } }) })],
    ['of an organisation', () => ({ organization: selfAttested({ type: ['VerifiableCredential', 'NutsOrganizationCredential'], credentialSubject: { id: node.actor.did, organization: { name: 'x', city: 'y' } } }) })],
    ['of an authorization', () => ({ authorization: selfAttested({ type: ['VerifiableCredential', 'ANWAuthorizationCredential'] }) })],
  ])('A13 a credential without proof %s is refused', async (_, change) => {
    expect(await ask({ descriptors: await wallet(change()) })).toMatchObject(refused);
  });
});

describe('keys and signatures of every kind that metadata lists', () => {
  const keyOf = (partner: TestPartner, algorithm: JwsAlgorithm) => partner.otherKeys.find((key) => key.algorithm === algorithm)!;
  const payloadOf = (jwt: string) => JSON.parse(Buffer.from(jwt.split('.')[1]!, 'base64url').toString()) as object;

  it.each(otherAlgorithms)('A6 presentation, credentials and DPoP proof signed with %s', async (algorithm) => {
    const [actor, regisseur] = [keyOf(node.actor, algorithm), keyOf(node.regisseur, algorithm)];
    const descriptors = await wallet({
      organization: await actor.signJwt(payloadOf(await organisationOf(node.actor))),
      employee: await actor.signJwt(payloadOf(await employeeOf(node.actor))),
      authorization: await regisseur.signJwt(payloadOf(await authorizationOf(node))),
    });
    const assertion = await actor.signJwt(nodePresentationClaims({ holder: node.actor, audience: linde.issuer, credentials: descriptors.map(({ credential }) => credential), release: '6.2.10' }));
    const proof = await actor.signJwt({ jti: newId(node.actor.did), htm: 'POST', htu: `${linde.issuer}/token`, iat: Math.floor(Date.now() / 1000) }, { typ: 'dpop+jwt', kid: undefined, jwk: actor.publicKeyJwk });
    expect(dpopAlgorithms).toContain(algorithm);
    expect(await ask({ descriptors, form: { assertion }, headers: { dpop: proof } })).toMatchObject({ ...granted, body: { ...granted.body, token_type: 'DPoP' } });
  });

  it('A6 an organisation credential of a node’s default form, ldp_vc, is accepted; altered it is not', async () => {
    expect(await ask({ descriptors: await wallet({ organization: await linkedDataOrganisation(node.actor) }) })).toMatchObject(granted);
    expect(await ask({ descriptors: await wallet({ organization: await linkedDataOrganisation(node.actor, { altered: 'Elders' }) }) })).toMatchObject(refused);
  });
});

describe('A5 who an organisation is, by a certificate of the UZI-register (did:x509, X509Credential)', () => {
  /** An `X509Credential` about the node's organisation, and the certificate that it rests on. */
  async function certifiedBy({ authority }: ServedRegister, algorithm: 'ES256' | 'PS256' = 'ES256') {
    const certificate = await authority.issue({ name: 'Nachtzorg', city: 'Zutphen', ura: '90000382', algorithm });
    const { from: validFrom, until: validUntil } = hoursFromNow(-1, 24);
    return { certificate, organization: issueX509Credential({ authority, certificate, organisation: node.actor.did, validFrom, validUntil }) };
  }
  const require = ({ authority }: ServedRegister) => linde.operator.demand({ organisationEvidence: { authorities: [authority.fingerprint], certificateRequired: true } });

  it.each(['ES256', 'PS256'] as const)('is accepted with a %s certificate of an authority that the custodian trusts', async (algorithm) => {
    await require(register);
    const { organization } = await certifiedBy(register, algorithm);
    expect(await ask({ descriptors: await wallet({ organization }) })).toMatchObject(granted);
  });

  it('is asked for where the custodian requires it: an organisation’s own word no longer counts', async () => {
    await require(register);
    expect(await ask()).toMatchObject(refused);
  });

  it('counts for nothing where no authority is trusted', async () => {
    const { organization } = await certifiedBy(register);
    expect(await ask({ descriptors: await wallet({ organization }) })).toMatchObject(refused);
  });

  it.each([
    ['took the certificate back', 'revoked', (other: ServedRegister, certificate: Parameters<ServedRegister['authority']['revoke']>[0]) => other.authority.revoke(certificate)],
    ['took the authority below it back', 'revoked', (other: ServedRegister) => other.authority.revokeIssuing()],
    ['serves no lists: hard fail', 'revocation-unknown', (other: ServedRegister) => void (other.serving = false)],
  ])('counts for nothing when the register %s', async (_, reason, happen) => {
    const other = await serveUziRegister();
    try {
      await require(other);
      const { certificate, organization } = await certifiedBy(other);
      happen(other, certificate);
      const answer = await ask({ descriptors: await wallet({ organization }) });
      expect(answer).toMatchObject(refused);
      expect(await linde.operator.decision(String(answer.body['reference']))).toMatchObject({ detail: expect.stringContaining(`certificate-refused: ${reason}`) });
    } finally {
      await other.stop();
    }
  });
});

describe('what a node is answered', () => {
  it('A14 success is 200, JSON that nobody keeps, for at least a minute', async () => {
    const { status, headers, body } = await ask();
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([200, 'application/json', 'no-store']);
    expect(body).toMatchObject({ access_token: expect.any(String), token_type: 'Bearer', expires_in: expect.any(Number) });
    expect(body['expires_in']).toBeGreaterThanOrEqual(60);
  });

  it.each<[string, string, Asking]>([
    ['a grant type that we do not speak', 'unsupported_grant_type', { form: { grant_type: 'authorization_code' } }],
    ['no grant type', 'invalid_request', { form: { grant_type: undefined } }],
    ['no assertion', 'invalid_request', { form: { assertion: undefined } }],
    ['no submission', 'invalid_request', { form: { presentation_submission: undefined } }],
    ['no scope', 'invalid_request', { form: { scope: undefined } }],
    ['an assertion that is none', 'invalid_request', { form: { assertion: 'x' } }],
    ['an empty array for an assertion', 'invalid_request', { form: { assertion: '[]' } }],
    ['a submission that is none', 'invalid_request', { form: { presentation_submission: '{}' } }],
    ['a submission for another definition', 'invalid_request', { form: { presentation_submission: JSON.stringify({ id: 'x', definition_id: 'y', descriptor_map: [{ id: 'organization', format: 'jwt_vc', path: '$.verifiableCredential[0]' }] }) } }],
    ['a scope that is not offered', 'invalid_scope', { form: { scope: 'zorginzage' } }],
    ['a scope of another kind of partner', 'invalid_scope', { form: { scope: 'anw-authorization' } }],
    ['no nonce', 'invalid_request', { presentation: { claims: { nonce: undefined } } }],
    ['a signature that does not hold', 'invalid_request', { presentation: { claims: {} }, form: { assertion: 'e30.e30.e30' } }],
    ['a DPoP proof that is none', 'invalid_dpop_proof', { headers: { dpop: 'x' } }],
  ])('A15 %s is answered with 400 and %s', async (_, error, asking) => {
    const { status, headers, body } = await ask(asking);
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([400, 'application/json', 'no-store']);
    expect(body).toEqual({ error, error_description: expect.any(String), reference });
  });

  it('A15 a repeated parameter is answered with 400 (RFC 6749 §3.2)', async () => {
    const form = new URLSearchParams({ grant_type: 'vp_token-bearer', scope: ANW_ACCESS_SCOPE, assertion: 'x', presentation_submission: '{}' });
    form.append('scope', 'anw-regisseur');
    expect(await post(form)).toMatchObject(refused);
  });

  it('A15 a presentation that was shown before is answered with 400', async () => {
    const descriptors = await wallet();
    const assertion = await nodePresentation({ holder: node.actor, audience: linde.issuer, credentials: descriptors.map(({ credential }) => credential), release: 'head' });
    expect([(await ask({ descriptors, form: { assertion } })).status, (await ask({ descriptors, form: { assertion } })).status]).toEqual([200, 400]);
  });

  it('A16 nothing of this demands a client certificate, and where the custodian takes none a DPoP key does', async () => {
    for (const url of [wellKnown(), `${linde.issuer}/presentation_definition?scope=${ANW_ACCESS_SCOPE}`, `${new URL(linde.issuer).origin}/iam/${linde.did.split(':').at(-1)}/did.json`]) expect((await get(url, nobody)).status).toBe(200);
    await linde.operator.demand({ partners: [{ partner: node.actor.did, minimumSystemEvidence: 'did-web-host', tokenBinding: 'dpop' }] });
    const { signer } = node.actor;
    const proof = await createDpopProof(signer, { method: 'POST', url: `${linde.issuer}/token` }, () => new Date());
    const { status, body } = await ask({ fetch: nobody, headers: { dpop: proof } });
    expect([status, body['token_type']]).toEqual([200, 'DPoP']);
    const token = { accessToken: String(body['access_token']), proofKey: signer };
    expect((await showing(token, nobody)(`${linde.door}/fhir/${linde.name}/${bloodPressuresOf(linde.patient)}`, {})).status).toBe(200);
  });

  it('A17 TLS is 1.2 or newer, and every answer is far below 1 MiB', async () => {
    const ca = await readFile(region.file.authority.certificate, 'utf8');
    const { hostname, port } = new URL(linde.issuer);
    const shake = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3') =>
      new Promise<string>((resolve) => {
        const socket = connectTls({ host: '127.0.0.1', port: Number(port), servername: hostname, ca, minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' }, () => (resolve(socket.getProtocol() ?? ''), socket.end()));
        socket.on('error', () => resolve('refused'));
      });
    expect([await shake('TLSv1.1'), await shake('TLSv1.2'), await shake('TLSv1.3')]).toEqual(['refused', 'TLSv1.2', 'TLSv1.3']);
    for (const { text } of [await get(wellKnown()), await get(`${linde.issuer}/presentation_definition?scope=${ANW_ACCESS_SCOPE}`)]) expect(text.length).toBeLessThan(32 * 1024);
  });

  it('A18 the type of the token says whether a DPoP proof was taken', async () => {
    const proof = await createDpopProof(node.actor.signer, { method: 'POST', url: `${linde.issuer}/token` }, () => new Date());
    expect([(await ask()).body['token_type'], (await ask({ headers: { dpop: proof } })).body['token_type']]).toEqual(['Bearer', 'DPoP']);
  });

  it('A19 the holder’s did:web is resolved over HTTPS, and kept for a while', async () => {
    const stranger = await network.addPartner('another-node.localhost', 'avondzorg');
    await linde.operator.allow(stranger.did, node.actor.did);
    const asked = () => stranger.requests.filter(({ path }) => path.endsWith('/did.json')).length;
    for (const _ of [1, 2, 3]) {
      const credential = await organisationOf(stranger);
      const assertion = await nodePresentation({ holder: stranger, audience: linde.issuer, credentials: [credential], release: '6.2.10' });
      const presentation_submission = nodeSubmission('pd-anw-regisseur', [{ id: 'organization', credential }], '6.2.10');
      expect((await post(new URLSearchParams({ grant_type: 'vp_token-bearer', scope: 'anw-regisseur', presentation_submission, assertion }), network.connect(stranger.certificate))).status).toBe(200);
    }
    expect(asked()).toBe(1);
  });

  it('opens the record: the token of a node reads the patient’s blood pressures', async () => {
    const { body } = await ask({ release: '6.2.10' });
    expect((await askFhir(node, String(body['access_token']), bloodPressuresOf(linde.patient))).status).toBe(200);
  });
});
