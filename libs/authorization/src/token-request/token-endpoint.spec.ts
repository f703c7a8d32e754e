import { createPresentation, createSelfAttestedEmployee, issueAuthorizationCredential, type CredentialStatuses, type ParsedCredential } from '@anw/credentials';
import {
  certificateOf,
  createTestCustodian,
  createTestParties,
  documentsOfParties,
  dpopPorts,
  employeeOf,
  exampleAuthorization,
  exampleUser,
  InMemoryNonces,
  keysOfParties,
  newCredentialId,
  organizationCredentialOf,
  type TestCustodian,
  validLists,
} from '@anw/testing/parties';
import { fragmentOf } from '@anw/values';
import { randomBytes, randomUUID } from 'node:crypto';
import { createAnonymousRefusals } from '../refusals/anonymous-refusals.js';
import { hashToken } from './create-access-token.js';
import { answerTokenRequest, type AuthorizationServer, type TokenResponse } from './answer-token-request.js';
import { presentationDefinitionFor } from './offered-scope.js';
import { toOAuthError } from './oauth-error.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;

interface Scene {
  readonly held: TestCustodian;
  readonly server: AuthorizationServer;
}

async function openScene(change: Partial<AuthorizationServer> = {}): Promise<Scene> {
  const held = await createTestCustodian(parties, now);
  const { records } = held;
  const server: AuthorizationServer = {
    organisation: custodian.organisation,
    scopes: [
      { name: 'anw-zorg-2022', minimumAssuranceLevel: 'low', records, isInCare: records.isInCare },
      { name: 'anw-regisseur', mayUse: async (client) => (await records.allowlist.listRowsOf(client)).length > 0 },
    ],
    keys: keysOfParties(regisseur, custodian, actor, stranger),
    nonces: new InMemoryNonces(),
    lists: validLists,
    systems: { minimumFor: () => 'client-certificate' },
    bindings: { bindingFor: () => 'either' },
    maxAuthorizationSeconds: 86_400,
    dpop: dpopPorts(now),
    anonymous: createAnonymousRefusals(),
    documents: documentsOfParties(regisseur, custodian, actor, stranger),
    clock: () => now,
    randomUuid: randomUUID,
    randomBytes,
    transaction: records.transaction,
    ...change,
  };
  return { held, server };
}

/** The credentials of the main job: organisation, employee, authorization. */
async function exampleCredentials({ held }: Scene, change: Parameters<typeof exampleAuthorization>[2] = {}): Promise<ParsedCredential['raw'][]> {
  const { handle, delegation } = held;
  return [
    await organizationCredentialOf(actor, now),
    await employeeOf(actor, now),
    await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now, { handle, delegation, ...change })),
  ];
}

interface Request {
  readonly scope?: string;
  readonly credentials?: readonly ParsedCredential['raw'][];
  readonly holder?: typeof actor;
  readonly audience?: string;
  readonly assertion?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly certificate?: ReturnType<typeof certificateOf> | undefined;
}

async function formFor(scene: Scene, { scope = 'anw-zorg-2022', holder = actor, audience = custodian.organisation.issuer, ...request }: Request): Promise<URLSearchParams> {
  const credentials = request.credentials ?? (await exampleCredentials(scene));
  const assertion = request.assertion ?? (await createPresentation(holder.signer, { audience, credentials, now }));
  const definition = presentationDefinitionFor(custodian.did, scene.server.scopes, scope);
  const descriptor_map = (definition?.input_descriptors ?? [{ id: 'any' }]).map(({ id }, index) => ({
    id,
    format: typeof credentials[index] === 'object' ? 'ldp_vc' : 'jwt_vc',
    path: `$.verifiableCredential[${index}]`,
  }));
  const presentation_submission = JSON.stringify({ id: randomUUID(), definition_id: definition?.id ?? 'none', descriptor_map });
  return new URLSearchParams({ grant_type: 'vp_token-bearer', client_id: 'ignored', scope, assertion, presentation_submission, ...request.parameters });
}

async function request(scene: Scene, change: Request = {}) {
  const certificate = 'certificate' in change ? change.certificate : certificateOf(change.holder ?? actor);
  return answerTokenRequest({ parameters: await formFor(scene, change), certificate }, scene.server);
}

describe('token endpoint (RFC021)', () => {
  it('gives a token for the patient whose handle the authorization carries', async () => {
    const scene = await openScene();
    const answer = await request(scene);
    expect(answer).toEqual({
      status: 200,
      headers: { 'cache-control': 'no-store' },
      body: { access_token: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/), token_type: 'Bearer', expires_in: 300, scope: 'anw-zorg-2022', patient: 'patient-1' },
    });
  });

  it('keeps the token by its hash with what the checks established, its binding and its decision', async () => {
    const scene = await openScene();
    const { access_token: text } = (await request(scene)).body as TokenResponse;
    const { tokens, decisions } = scene.held.records.state;
    expect(tokens).toEqual([
      expect.objectContaining({
        hash: hashToken(text),
        expiresAt: new Date(now.getTime() + 300_000),
        certificateThumbprint: certificateOf(actor).thumbprint,
        decision: decisions[0]!.reference,
        facts: expect.objectContaining({ kind: 'patient-access', actor: actor.did, regisseur: regisseur.did, patient: 'patient-1' }),
      }),
    ]);
  });

  it('leaves a decision record with all eight verdicts and a row in the log, without token or name in the record', async () => {
    const scene = await openScene();
    const { access_token: text } = (await request(scene)).body as TokenResponse;
    const { decisions, audit } = scene.held.records.state;
    expect(decisions).toEqual([expect.objectContaining({ outcome: 'granted', scope: 'anw-zorg-2022', actor: actor.did, regisseur: regisseur.did, at: now })]);
    expect(decisions[0]!.verdicts).toHaveLength(8);
    expect(audit).toEqual([
      expect.objectContaining({
        name: 'token.granted',
        outcome: 'success',
        actor: actor.did,
        regisseur: regisseur.did,
        patient: 'patient-1',
        purposeOfUse: 'anw-zorg-2022',
        requestingSystem: 'zorg.example',
        reference: decisions[0]!.reference,
        token: decisions[0]!.reference,
        grounds: [scene.held.delegation, `urn:uuid:${scene.held.row}`, `urn:uuid:${scene.held.enrolment}`],
        actorName: 'Thuiszorg De Linde',
        practitioner: { identifier: 'e-10442', name: 'P. Visser', roleName: 'Wijkverpleegkundige' },
      }),
    ]);
    expect(JSON.stringify([decisions, audit])).not.toContain(text);
    expect(JSON.stringify(decisions)).not.toContain('Visser');
  });

  it('gives no token that outlives the authorization', async () => {
    const scene = await openScene();
    const credentials = await exampleCredentials(scene, { period: { from: now, until: new Date(now.getTime() + 90_000) } });
    expect((await request(scene, { credentials })).body).toMatchObject({ expires_in: 90 });
  });

  it('takes the self-attested employee of nuts-node, at level low', async () => {
    const scene = await openScene();
    const [organisation, , authorization] = await exampleCredentials(scene);
    const employee = createSelfAttestedEmployee({ id: newCredentialId(actor), employer: actor.did, user: exampleUser(now), now });
    expect((await request(scene, { credentials: [organisation!, employee, authorization!] })).status).toBe(200);
    expect(scene.held.records.state.tokens[0]!.facts).toMatchObject({ practitioner: { assuranceLevel: 'low' } });
  });

  it('takes a scope that names the authorization to use', async () => {
    const scene = await openScene();
    const id = newCredentialId(regisseur);
    const scope = `anw-zorg-2022:${fragmentOf(id)}`;
    expect((await request(scene, { scope, credentials: await exampleCredentials(scene, { id }) })).body).toMatchObject({ scope, patient: 'patient-1' });
    expect((await request(scene, { scope, credentials: await exampleCredentials(scene) })).body).toMatchObject({ error: 'invalid_request', error_description: 'The presentation is not accepted.' });
  });

  it('gives a regisseur with allowlist rows a token for itself, without a patient', async () => {
    const scene = await openScene();
    const answer = await request(scene, { scope: 'anw-regisseur', holder: regisseur, credentials: [await organizationCredentialOf(regisseur, now)] });
    expect(answer.body).toEqual({ access_token: expect.any(String), token_type: 'Bearer', expires_in: 300, scope: 'anw-regisseur' });
    expect(scene.held.records.state.tokens[0]!.facts).toEqual({ kind: 'organisation-access', client: regisseur.did });
  });

  it('gives no token when the decision cannot be kept', async () => {
    const scene = await openScene();
    const server = { ...scene.server, transaction: () => Promise.reject(new Error('database is gone')) };
    await expect(request({ ...scene, server })).rejects.toThrow('database is gone');
    expect(scene.held.records.state.tokens).toEqual([]);
  });

  it('keeps nothing when the log row cannot be written', async () => {
    const scene = await openScene();
    const { records } = scene.held;
    const transaction: AuthorizationServer['transaction'] = (work) =>
      records.transaction((stores) => work({ tokens: stores.tokens, decisions: stores.decisions, audit: { append: () => Promise.reject(new Error('log is full')) } }));
    await expect(request({ ...scene, server: { ...scene.server, transaction } })).rejects.toThrow('log is full');
    expect(records.state).toMatchObject({ tokens: [], decisions: [], audit: [] });
  });
});

describe('refusal at the token endpoint', () => {
  const unknownUuid = '00000000-0000-4000-8000-000000000000';
  const withSignature = async (scene: Scene) => {
    const jwt = (await formFor(scene, {})).get('assertion')!;
    const [header, payload, signature] = jwt.split('.') as [string, string, string];
    return `${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  };
  const hours = (from: number, until: number) => ({ from: new Date(now.getTime() + from * 3_600_000), until: new Date(now.getTime() + until * 3_600_000) });
  const unavailable: CredentialStatuses = { statusOf: async () => ({ status: 'unknown', detail: 'unreachable' }) };

  const cases: readonly (readonly [string, (scene: Scene) => Request | Promise<Request>, object, object])[] = [
    ['of an unknown grant type', () => ({ parameters: { grant_type: 'client_credentials' } }), { error: 'unsupported_grant_type' }, { outcome: 'invalid', failure: 'unsupported-grant-type' }],
    ['without a scope', () => ({ parameters: { scope: '' } }), { error: 'invalid_request', error_description: 'A required parameter is missing.' }, { failure: 'parameter-missing', detail: 'scope' }],
    ['of an overlong scope', () => ({ parameters: { scope: 's'.repeat(201) } }), { error: 'invalid_request' }, { failure: 'parameter-malformed', scope: '' }],
    ['for a scope that is not offered here', () => ({ parameters: { scope: 'anw-authorization' } }), { error: 'invalid_scope' }, { outcome: 'invalid', failure: 'unknown-scope', scope: '' }],
    ['for two scopes at once', () => ({ parameters: { scope: 'anw-zorg-2022 anw-regisseur' } }), { error: 'invalid_scope' }, { failure: 'unknown-scope' }],
    ['with a submission that is no JSON', () => ({ parameters: { presentation_submission: '{' } }), { error: 'invalid_request', error_description: 'A parameter is malformed.' }, { failure: 'parameter-malformed' }],
    ['with an assertion that is no JWT', () => ({ assertion: 'x' }), { error: 'invalid_request', error_description: 'The presentation is not accepted.' }, { outcome: 'invalid', failure: 'presentation-not-accepted', verdicts: [] }],
    ['with a forged signature', async (scene) => ({ assertion: await withSignature(scene) }), { error: 'invalid_request' }, { detail: expect.stringContaining('signature-invalid') }],
    ['meant for another authorization server', () => ({ audience: 'https://elders.example/oauth2/x' }), { error: 'invalid_request' }, { detail: expect.stringContaining('wrong-audience') }],
    [
      'with a credential of someone else',
      async (scene) => ({ credentials: [await organizationCredentialOf(stranger, now), ...(await exampleCredentials(scene)).slice(1)] }),
      { error: 'invalid_request' },
      { detail: expect.stringContaining('holder-mismatch') },
    ],
    [
      'with two authorizations',
      async (scene) => ({ credentials: [...(await exampleCredentials(scene)), (await exampleCredentials(scene))[2]!] }),
      { error: 'invalid_request' },
      { outcome: 'invalid', detail: expect.stringContaining('more than one ANWAuthorizationCredential') },
    ],
    [
      'without the organisation credential, though all eight checks would grant',
      async (scene) => ({ credentials: (await exampleCredentials(scene)).slice(1) }),
      { error: 'invalid_request', error_description: 'The presentation is not accepted.' },
      { outcome: 'invalid', failure: 'presentation-not-accepted', detail: expect.stringContaining('organization') },
    ],
    ['without client certificate', () => ({ certificate: undefined }), { error: 'invalid_request', error_description: 'The requesting system or its user is not accepted.' }, { outcome: 'denied', firstDenial: { check: 1, reason: 'no-client-certificate' } }],
    ['over the certificate of another system', () => ({ certificate: certificateOf(stranger) }), { error: 'invalid_request' }, { firstDenial: { check: 2, reason: 'system-not-processor-of-actor' } }],
    ['without employee credential', async (scene) => ({ credentials: (await exampleCredentials(scene)).filter((_, index) => index !== 1) }), { error: 'invalid_request' }, { firstDenial: { check: 3, reason: 'employee-missing' } }],
    ['without authorization', async (scene) => ({ credentials: (await exampleCredentials(scene)).slice(0, 2) }), { error: 'invalid_request' }, { firstDenial: { check: 5, reason: 'authorization-missing' } }],
    [
      'with an authorization for another custodian',
      async (scene) => ({ credentials: await exampleCredentials(scene, { custodian: stranger.did }) }),
      { error: 'invalid_request', error_description: 'The request is not authorized.' },
      { outcome: 'denied', firstDenial: { check: 5, reason: 'authorization-for-another-custodian' } },
    ],
    ['after the shift has ended', async (scene) => ({ credentials: await exampleCredentials(scene, { period: hours(-16, -8) }) }), { error_description: 'The request is not authorized.' }, { outcome: 'denied', firstDenial: { check: 6, reason: 'authorization-expired' } }],
    ['before the shift begins', async (scene) => ({ credentials: await exampleCredentials(scene, { period: hours(1, 9) }) }), { error_description: 'The request is not authorized.' }, { outcome: 'denied', firstDenial: { check: 6, reason: 'authorization-not-yet-valid' } }],
    [
      'with what an employer signed for a shift that is over',
      async (scene) => {
        const [organisation, , authorization] = await exampleCredentials(scene);
        return { credentials: [organisation!, await employeeOf(parties.actor, hours(-3, 0).from), authorization!] };
      },
      { error_description: 'The requesting system or its user is not accepted.' },
      { outcome: 'denied', firstDenial: { check: 3, reason: 'employee-stale' } },
    ],
    [
      'with an authorization of a regisseur that is not listed',
      async (scene) => ({
        credentials: [...(await exampleCredentials(scene)).slice(0, 2), await issueAuthorizationCredential(stranger.signer, { ...exampleAuthorization(parties, now), id: newCredentialId(stranger) })],
      }),
      { error: 'invalid_request', error_description: 'The request is not authorized.' },
      { firstDenial: { check: 7, reason: 'regisseur-not-on-allowlist' } },
    ],
    [
      'for a handle that nobody minted',
      async (scene) => ({ credentials: await exampleCredentials(scene, { handle: `urn:uuid:${unknownUuid}` as Scene['held']['handle'] }) }),
      { error: 'invalid_request', error_description: 'The request is not authorized.' },
      { firstDenial: { check: 8, reason: 'patient-handle-unknown' } },
    ],
    [
      'of a regisseur without allowlist rows',
      async () => ({ scope: 'anw-regisseur', holder: stranger, credentials: [await organizationCredentialOf(stranger, now)] }),
      { error: 'invalid_scope', error_description: 'This scope is not granted to you.' },
      { outcome: 'denied', failure: 'scope-not-granted' },
    ],
  ];

  it.each(cases)('of a request %s is HTTP 400 with a reference, and is recorded and logged under it', async (_, change, body, record) => {
    const scene = await openScene();
    const answer = await request(scene, await change(scene));
    const { decisions, audit, tokens } = scene.held.records.state;
    expect(answer).toEqual({ status: 400, headers: { 'cache-control': 'no-store' }, body: { error: expect.any(String), error_description: expect.any(String), reference: decisions[0]!.reference } });
    expect(answer.body).toMatchObject(body);
    expect(decisions).toEqual([expect.objectContaining(record)]);
    expect(audit).toEqual([expect.objectContaining({ name: 'token.refused', reference: decisions[0]!.reference, reason: expect.any(String) })]);
    expect(tokens).toEqual([]);
  });

  it('of a repeated parameter says so', async () => {
    const scene = await openScene();
    const parameters = await formFor(scene, {});
    parameters.append('scope', 'anw-zorg-2022');
    expect(await answerTokenRequest({ parameters, certificate: certificateOf(actor) }, scene.server)).toMatchObject({ status: 400, body: { error: 'invalid_request', error_description: 'A parameter occurs more than once.' } });
  });

  it('meets a presentation that was used before', async () => {
    const scene = await openScene();
    const parameters = await formFor(scene, {});
    const ask = () => answerTokenRequest({ parameters, certificate: certificateOf(actor) }, scene.server);
    expect((await ask()).status).toBe(200);
    expect(await ask()).toMatchObject({ status: 400, body: { error: 'invalid_request' } });
    expect(scene.held.records.state.decisions[1]).toMatchObject({ outcome: 'invalid', detail: expect.stringContaining('replayed') });
    expect(scene.held.records.state.tokens).toHaveLength(1);
  });

  it('meets a person whose level is too low for this custodian', async () => {
    const scene = await openScene();
    const [first, ...others] = scene.server.scopes;
    if (first?.name !== 'anw-zorg-2022') throw new Error('the first scope is the one for patients');
    const server = { ...scene.server, scopes: [{ ...first, minimumAssuranceLevel: 'high' as const }, ...others] };
    await request({ ...scene, server });
    expect(scene.held.records.state.decisions[0]).toMatchObject({ firstDenial: { check: 3, reason: 'assurance-too-low' } });
  });

  it('meets an authorization whose status cannot be established', async () => {
    const scene = await openScene({ lists: unavailable });
    expect((await request(scene)).status).toBe(400);
    expect(scene.held.records.state.decisions[0]).toMatchObject({ firstDenial: { check: 6, reason: 'authorization-status-unknown' } });
  });

  it('meets a request that no certificate or key can be bound to, where the host of the DID is evidence enough', async () => {
    const scene = await openScene({ systems: { minimumFor: () => 'did-web-host' } });
    expect(await request(scene, { certificate: undefined })).toMatchObject({ body: { error: 'invalid_request', error_description: 'A client certificate or a DPoP proof is needed to bind the access token to.' } });
    expect(scene.held.records.state.decisions[0]).toMatchObject({ outcome: 'invalid', failure: 'nothing-to-bind-to' });
  });

  it('of checks 5 to 8 reads the same whichever of them denied: it could reveal that someone is in care', async () => {
    const changes = [{ custodian: stranger.did }, { delegation: newCredentialId(custodian) }, { handle: `urn:uuid:${unknownUuid}` as Scene['held']['handle'] }];
    const bodies = [];
    for (const change of changes) {
      const scene = await openScene();
      const { body } = await request(scene, { credentials: await exampleCredentials(scene, change) });
      bodies.push({ ...body, reference: 'each its own' });
    }
    const revoked = await openScene({ lists: { statusOf: async () => ({ status: 'revoked' }) } });
    bodies.push({ ...(await request(revoked)).body, reference: 'each its own' });
    expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
  });

  it('never answers with what was wrong inside', () => {
    expect(toOAuthError('authorization-refused', 'r')).toEqual({ status: 400, body: { error: 'invalid_request', error_description: 'The request is not authorized.', reference: 'r' } });
  });
});
