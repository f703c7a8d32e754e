import { type AuthorizationToIssue, issueAuthorizationCredential } from '@anw/credentials';
import { jwkThumbprint } from '@anw/identity';
import { certificateOf, createTestCustodian, createTestParties, documentsOfParties, dpopPorts, employeeOf, exampleAuthorization, InMemoryNonces, keysOfParties, organizationCredentialOf, type TestCustodian, validLists } from '@anw/testing/parties';
import { randomBytes, randomUUID } from 'node:crypto';
import { createAnonymousRefusals } from '../refusals/anonymous-refusals.js';
import { answerTokenRequest, type AuthorizationServer } from '../token-request/answer-token-request.js';
import { authorizationServerMetadata, metadataUrl } from '../token-request/authorization-server-metadata.js';
import { presentationDefinitionFor } from '../token-request/offered-scope.js';
import { createDiscoveryCache } from './discovery-cache.js';
import { requestAccessToken } from './request-access-token.js';
import { createServerNonces } from './server-nonces.js';
import { TokenCache } from './token-cache.js';
import { TokenClientError } from './token-client-error.js';
import type { TokenFetch } from './token-fetch.js';

const now = new Date('2026-01-01T22:00:00Z');
const parties = createTestParties();
const { regisseur, custodian, actor, stranger } = parties;
const issuer = custodian.organisation.issuer;

/** The custodian's authorization server behind a fetch, with the actor's certificate on the line. */
async function openServer(change: Partial<AuthorizationServer> = {}) {
  const held = await createTestCustodian(parties, now);
  const { records } = held;
  const server: AuthorizationServer = {
    organisation: custodian.organisation,
    scopes: [{ name: 'anw-zorg-2022', minimumAssuranceLevel: 'low', records, isInCare: records.isInCare }],
    keys: keysOfParties(regisseur, actor, custodian),
    nonces: new InMemoryNonces(),
    lists: validLists,
    systems: { minimumFor: () => 'client-certificate' },
    bindings: { bindingFor: () => 'either' },
    maxAuthorizationSeconds: 86_400,
    dpop: dpopPorts(now),
    anonymous: createAnonymousRefusals(),
    documents: documentsOfParties(actor),
    clock: () => now,
    randomUuid: randomUUID,
    randomBytes,
    transaction: records.transaction,
    ...change,
  };
  const asked: string[] = [];
  const proofs: (string | undefined)[] = [];
  const fetch: TokenFetch = async (url, { body, headers }) => {
    asked.push(url);
    if (url.endsWith('/token')) proofs.push(headers['dpop']);
    const { status, headers: answered, body: answer } = await route(server, new URL(url), body, headers['dpop']);
    return { status, headers: new Headers(answered), text: async () => JSON.stringify(answer) };
  };
  return { held, fetch, asked, proofs, server };
}

async function route(server: AuthorizationServer, url: URL, body: string | undefined, dpop: string | undefined): Promise<{ status: number; headers?: Record<string, string>; body: unknown }> {
  if (url.href === metadataUrl(issuer)) return { status: 200, body: authorizationServerMetadata(custodian.organisation, ['anw-zorg-2022']) };
  if (`${url.origin}${url.pathname}` === `${issuer}/presentation_definition`) return { status: 200, body: presentationDefinitionFor(custodian.did, server.scopes, url.searchParams.get('scope') ?? '') };
  return answerTokenRequest({ parameters: new URLSearchParams(body), certificate: certificateOf(actor), dpop }, server);
}

async function walletFor({ handle, delegation }: TestCustodian, change: Partial<AuthorizationToIssue> = {}) {
  return [
    await issueAuthorizationCredential(regisseur.signer, exampleAuthorization(parties, now, { handle, delegation, ...change })),
    await employeeOf(actor, now),
    await organizationCredentialOf(actor, now),
  ];
}

function requestWith(fetch: TokenFetch, credentials: readonly string[], change = {}) {
  return requestAccessToken({ fetch, signer: actor.signer, clientId: actor.organisation.issuer, clock: () => now, authorizationServer: issuer, scope: 'anw-zorg-2022', credentials, ...change });
}

const answering = (answers: Readonly<Record<string, { status: number; body: unknown }>>): TokenFetch => async (url) => {
  const { status, body } = answers[url.split('?')[0]!] ?? { status: 404, body: {} };
  return { status, headers: new Headers(), text: async () => (typeof body === 'string' ? body : JSON.stringify(body)) };
};
const metadata = { status: 200, body: authorizationServerMetadata(custodian.organisation, ['anw-zorg-2022']) };
const definition = { status: 200, body: presentationDefinitionFor(custodian.did, [{ name: 'anw-zorg-2022' }], 'anw-zorg-2022') };
const { dpop_signing_alg_values_supported: _, ...metadataWithoutDpop } = metadata.body;
const discoverable = { [metadataUrl(issuer)]: metadata, [`${issuer}/presentation_definition`]: definition };
const withoutDpop = { ...discoverable, [metadataUrl(issuer)]: { status: 200, body: metadataWithoutDpop } };

describe('token client (contract B)', () => {
  it('gets a token from a server that knows nothing of it, whatever the order of its wallet', async () => {
    const { held, fetch } = await openServer();
    expect(await requestWith(fetch, await walletFor(held))).toEqual({
      accessToken: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      proofKey: actor.signer,
      scope: 'anw-zorg-2022',
      expiresAt: new Date(now.getTime() + 300_000),
      patient: 'patient-1',
    });
  });

  it('asks metadata and definition once when it may remember them', async () => {
    const { held, fetch, asked } = await openServer();
    const discovery = createDiscoveryCache({ clock: () => now, maxAgeSeconds: 60, maxEntries: 10 });
    const wallet = await walletFor(held);
    await requestWith(fetch, wallet, { discovery });
    await requestWith(fetch, wallet, { discovery });
    expect(asked.map((url) => new URL(url).pathname)).toEqual(['/.well-known/oauth-authorization-server/oauth2/bron', '/oauth2/bron/presentation_definition', '/oauth2/bron/token', '/oauth2/bron/token']);
  });

  it('says what the server said, and under which reference, when it refuses', async () => {
    const { held, fetch } = await openServer();
    await held.records.allowlist.endRow(held.row, now);
    const error = await requestWith(fetch, await walletFor(held)).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(TokenClientError);
    expect(error).toMatchObject({
      code: 'refused',
      refusal: { error: 'invalid_request', description: 'The request is not authorized.', reference: held.records.state.decisions[0]!.reference },
    });
  });

  it('presents nothing when its wallet does not hold what is asked', async () => {
    const { held, fetch, asked } = await openServer();
    const wallet = await walletFor(held, { custodian: stranger.did });
    await expect(requestWith(fetch, wallet)).rejects.toMatchObject({ code: 'nothing-to-present', detail: 'no credential for authorization' });
    expect(asked.some((url) => url.endsWith('/token'))).toBe(false);
  });

  it.each([
    ['nobody answers', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
    ['the metadata is of another issuer', answering({ [metadataUrl(issuer)]: { status: 200, body: { ...metadata.body, issuer: 'https://elders.example' } } }), 'unusable-answer'],
    ['an endpoint is not https', answering({ [metadataUrl(issuer)]: { status: 200, body: { ...metadata.body, token_endpoint: 'http://bron.example/token' } } }), 'unusable-answer'],
    ['the metadata is no JSON', answering({ [metadataUrl(issuer)]: { status: 200, body: '<html>' } }), 'unusable-answer'],
    ['there is no metadata', answering({}), 'unusable-answer'],
    ['the server is out of order', answering({ [metadataUrl(issuer)]: { status: 503, body: {} } }), 'unavailable'],
    ['the definition asks in a way that we do not understand', answering({ ...discoverable, [`${issuer}/presentation_definition`]: { status: 200, body: { id: 'x', input_descriptors: [{ id: 'y', constraints: {}, group: ['z'] }] } } }), 'definition-unsupported'],
    ['the token is of a type that we cannot use', answering({ ...discoverable, [`${issuer}/token`]: { status: 200, body: { access_token: 'x', token_type: 'mac', expires_in: 60 } } }), 'unusable-answer'],
    ['the token is bound to a key that we did not show', answering({ ...withoutDpop, [`${issuer}/token`]: { status: 200, body: { access_token: 'x', token_type: 'DPoP', expires_in: 60 } } }), 'unusable-answer'],
    ['a refusal is no OAuth error', answering({ ...discoverable, [`${issuer}/token`]: { status: 400, body: '<html>' } }), 'unusable-answer'],
    ['the token endpoint is out of order', answering({ ...discoverable, [`${issuer}/token`]: { status: 500, body: {} } }), 'unavailable'],
  ] as const)('fails with a code of its own when %s', async (_, fetch, code) => {
    const { held } = await openServer();
    await expect(requestWith(fetch, await walletFor(held))).rejects.toMatchObject({ name: 'TokenClientError', code });
  });
});

describe('token client with DPoP (RFC 9449 §5, §8)', () => {
  const claimsOf = (jwt: string | undefined) => JSON.parse(Buffer.from(jwt?.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

  it('shows the key that signs its presentation, and gets a token bound to it', async () => {
    const { held, fetch, proofs } = await openServer({ bindings: { bindingFor: () => 'dpop' } });
    expect(await requestWith(fetch, await walletFor(held))).toMatchObject({ proofKey: { kid: actor.signer.kid } });
    expect(proofs.map(claimsOf)).toEqual([{ jti: expect.any(String), htm: 'POST', htu: `${issuer}/token`, iat: now.getTime() / 1000 - 2 }]);
    expect(held.records.state.tokens).toEqual([expect.objectContaining({ jkt: jwkThumbprint(actor.signer.publicKeyJwk) })]);
  });

  it('comes back once with the nonce that it is asked for, and with it at once the next time', async () => {
    const { held, fetch, proofs } = await openServer({ dpop: dpopPorts(now, { nonceNeeded: true }) });
    const serverNonces = createServerNonces();
    await requestWith(fetch, await walletFor(held), { serverNonces });
    await requestWith(fetch, await walletFor(held), { serverNonces });
    const nonce = dpopPorts(now).nonces.current();
    expect(proofs.map((proof) => claimsOf(proof)['nonce'])).toEqual([undefined, nonce, nonce]);
  });

  it('does not come back for ever', async () => {
    const { dpop } = { dpop: dpopPorts(now, { nonceNeeded: true, nonces: { current: () => 'another', accepts: () => false } }) };
    const { held, fetch, proofs } = await openServer({ dpop });
    await expect(requestWith(fetch, await walletFor(held))).rejects.toMatchObject({ code: 'refused', detail: 'use_dpop_nonce' });
    expect(proofs).toHaveLength(2);
  });

  it('shows no key where none is asked for', async () => {
    const seen: (string | undefined)[] = [];
    const bearer = answering({ ...withoutDpop, [`${issuer}/token`]: { status: 200, body: { access_token: 'x', token_type: 'bearer', expires_in: 60 } } });
    const { held } = await openServer();
    const token = await requestWith((url, request) => (seen.push(request.headers['dpop']), bearer(url, request)), await walletFor(held));
    expect([token.proofKey, new Set(seen)]).toEqual([undefined, new Set([undefined])]);
  });

  it('takes a bearer token from a server that binds to the client certificate alone', async () => {
    const { held } = await openServer();
    const token = await requestWith(answering({ ...discoverable, [`${issuer}/token`]: { status: 200, body: { access_token: 'x', token_type: 'Bearer', expires_in: 60 } } }), await walletFor(held));
    expect(token).not.toHaveProperty('proofKey');
  });
});

describe('metadata of an authorization server (RFC 8414)', () => {
  it('is found between host and path of the issuer', () => {
    expect(metadataUrl('https://bron.example:8443/oauth2/de-linde')).toBe('https://bron.example:8443/.well-known/oauth-authorization-server/oauth2/de-linde');
    expect(metadataUrl('https://bron.example')).toBe('https://bron.example/.well-known/oauth-authorization-server');
  });

  it('has what nuts-node looks for (A2 to A6)', () => {
    expect(authorizationServerMetadata(custodian.organisation, ['anw-zorg-2022', 'anw-regisseur'])).toMatchObject({
      issuer,
      token_endpoint: `${issuer}/token`,
      presentation_definition_endpoint: `${issuer}/presentation_definition`,
      grant_types_supported: ['vp_token-bearer'],
      did_methods_supported: ['web'],
      vp_formats_supported: { jwt_vp_json: { alg_values_supported: ['ES256', 'EdDSA', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512'] } },
    });
  });

  it('names did:x509 where authorities are trusted (A5)', () => {
    expect(authorizationServerMetadata(custodian.organisation, ['anw-zorg-2022'], { authorities: ['A'.repeat(43)] })).toMatchObject({ did_methods_supported: ['web', 'x509'] });
  });
});

describe('cache of access tokens', () => {
  const key = { authorization: 'a', user: 'e-1' };
  const tokenUntil = (seconds: number, accessToken = 'x') => ({ accessToken, scope: 's', expiresAt: new Date(now.getTime() + seconds * 1000) });
  function openCache(maxEntries = 10) {
    const time = { now };
    let obtained = 0;
    const cache = new TokenCache({ clock: () => time.now, maxEntries });
    const obtain = (seconds = 300) => async () => tokenUntil(seconds, `token ${(obtained += 1)}`);
    return { cache, time, obtain };
  }

  it('answers with the same token while it lasts, and with a new one just before it ends', async () => {
    const { cache, time, obtain } = openCache();
    expect((await cache.tokenFor(key, actor.signer, obtain())).accessToken).toBe('token 1');
    time.now = new Date(now.getTime() + 294_000);
    expect((await cache.tokenFor(key, actor.signer, obtain())).accessToken).toBe('token 1');
    time.now = new Date(now.getTime() + 295_000);
    expect((await cache.tokenFor(key, actor.signer, obtain(900))).accessToken).toBe('token 2');
  });

  it('never gives one person the token of another', async () => {
    const { cache, obtain } = openCache();
    await cache.tokenFor(key, actor.signer, obtain());
    expect((await cache.tokenFor({ ...key, user: 'e-2' }, actor.signer, obtain())).accessToken).toBe('token 2');
  });

  it('obtains once for requests that meet', async () => {
    const { cache, obtain } = openCache();
    const tokens = await Promise.all(Array.from({ length: 20 }, () => cache.tokenFor(key, actor.signer, obtain())));
    expect(new Set(tokens.map(({ accessToken }) => accessToken))).toEqual(new Set(['token 1']));
  });

  it('does not use a token on that is bound to a key which signs no more', async () => {
    const { cache, obtain } = openCache();
    const bound = (name: string, proofKey = actor.signer) => async () => ({ ...tokenUntil(300, name), proofKey });
    expect((await cache.tokenFor(key, actor.signer, bound('one'))).accessToken).toBe('one');
    expect((await cache.tokenFor(key, actor.signer, bound('two'))).accessToken).toBe('one');
    expect((await cache.tokenFor(key, stranger.signer, bound('three', stranger.signer))).accessToken).toBe('three');
    expect((await cache.tokenFor({ ...key, user: 'e-2' }, actor.signer, obtain())).accessToken).toBe('token 1');
    expect((await cache.tokenFor({ ...key, user: 'e-2' }, stranger.signer, obtain())).accessToken).toBe('token 1');
  });

  it('forgets a token after a 401, and all of an authorization after its end', async () => {
    const { cache, obtain } = openCache();
    await cache.tokenFor(key, actor.signer, obtain());
    cache.drop(key);
    expect((await cache.tokenFor(key, actor.signer, obtain())).accessToken).toBe('token 2');
    cache.dropAuthorization('a');
    expect((await cache.tokenFor(key, actor.signer, obtain())).accessToken).toBe('token 3');
  });

  it('does not keep a failure', async () => {
    const { cache, obtain } = openCache();
    await expect(cache.tokenFor(key, actor.signer, () => Promise.reject(new TokenClientError('refused', 'no')))).rejects.toThrow('refused');
    expect((await cache.tokenFor(key, actor.signer, obtain())).accessToken).toBe('token 1');
  });

  it('keeps no more than it was told to', async () => {
    const { cache, obtain } = openCache(1);
    await cache.tokenFor(key, actor.signer, obtain());
    await cache.tokenFor({ ...key, user: 'e-2' }, actor.signer, obtain());
    expect((await cache.tokenFor(key, actor.signer, obtain())).accessToken).toBe('token 3');
  });
});
