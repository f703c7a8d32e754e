import { certificateOf, createTestParties, dpopPorts } from '@anw/testing/parties';
import { jwkThumbprint } from '@anw/identity';
import type { DpopPorts } from '../token-request/answer-token-request.js';
import { authenticateAccess } from '../access/authenticate-access.js';
import { createAccessToken } from '../token-request/create-access-token.js';
import { fetchWithToken } from './fetch-with-token.js';
import { createServerNonces } from './server-nonces.js';

const now = new Date('2026-01-01T22:00:00Z');
const { actor, regisseur } = createTestParties();
const certificate = certificateOf(regisseur);
const url = 'https://bron.example:8443/anw/bron/allowlist';
const jkt = jwkThumbprint(regisseur.signer.publicKeyJwk);

/** A resource that lets in whom `authenticateAccess` lets in, and what was sent to it. */
function openResource({ bound = { jkt } as object, dpop = dpopPorts(now) as DpopPorts } = {}) {
  const facts = { kind: 'organisation-access', client: regisseur.did } as const;
  const held = createAccessToken({ facts, bound, until: new Date(now.getTime() + 300_000), scope: 'anw-regisseur', issuedAt: now, decision: 'reference' }, () => new Uint8Array(32).fill(7));
  const sent: Record<string, string>[] = [];
  const fetch = async (_url: string, { method = 'GET', headers = {} }: { readonly method?: string; readonly headers?: Readonly<Record<string, string>> }) => {
    sent.push({ ...headers });
    const presented = { authorization: headers['authorization'], proof: headers['dpop'], request: { method, url }, certificate, scope: 'anw-regisseur' } as const;
    const access = await authenticateAccess(presented, { findToken: async (hash) => (hash === held.token.hash ? held.token : undefined), ...dpop, clock: () => now });
    return access.authenticated ? new Response('yes') : new Response(null, { status: 401, headers: { ...access.challenge } });
  };
  return { held, sent, fetch };
}

describe('a fetch that shows an access token', () => {
  it('makes a proof for each request with the key that the token is bound to', async () => {
    const { held, sent, fetch } = openResource();
    const ask = fetchWithToken(fetch, { token: { accessToken: held.text, proofKey: regisseur.signer }, serverNonces: createServerNonces(), clock: () => now });
    const answers = [await ask(`${url}?a=b`, { headers: { accept: 'text/plain' } }), await ask(url, { method: 'POST' })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(sent[0]).toEqual({ accept: 'text/plain', authorization: `DPoP ${held.text}`, dpop: expect.any(String) });
    expect(sent[1]!['dpop']).not.toBe(sent[0]!['dpop']);
  });

  it('opens nothing with the key of another', async () => {
    const { held, fetch } = openResource();
    const ask = fetchWithToken(fetch, { token: { accessToken: held.text, proofKey: actor.signer }, serverNonces: createServerNonces(), clock: () => now });
    expect((await ask(url, {})).status).toBe(401);
  });

  it('shows a token that is bound to a certificate as bearer, without a proof', async () => {
    const { held, sent, fetch } = openResource({ bound: { certificateThumbprint: certificate.thumbprint } });
    const ask = fetchWithToken(fetch, { token: { accessToken: held.text }, serverNonces: createServerNonces(), clock: () => now });
    expect((await ask(url, {})).status).toBe(200);
    expect(sent).toEqual([{ authorization: `Bearer ${held.text}` }]);
  });

  it('comes back once with the nonce that the resource asks for, and with it at once the next time', async () => {
    const { held, sent, fetch } = openResource({ dpop: dpopPorts(now, { nonceNeeded: true }) });
    const ask = fetchWithToken(fetch, { token: { accessToken: held.text, proofKey: regisseur.signer }, serverNonces: createServerNonces(), clock: () => now });
    expect([(await ask(url, {})).status, sent.length]).toEqual([200, 2]);
    expect([(await ask(url, {})).status, sent.length]).toEqual([200, 3]);
  });

  it('does not come back for ever, nor for another refusal', async () => {
    const { held, sent, fetch } = openResource({ dpop: dpopPorts(now, { nonceNeeded: true, nonces: { current: () => 'another', accepts: () => false } }) });
    const use = { token: { accessToken: held.text, proofKey: regisseur.signer }, serverNonces: createServerNonces(), clock: () => now };
    expect([(await fetchWithToken(fetch, use)(url, {})).status, sent.length]).toEqual([401, 2]);
    const other = openResource();
    const unknown = fetchWithToken(other.fetch, { ...use, token: { ...use.token, accessToken: 'A'.repeat(43) } });
    expect([(await unknown(url, {})).status, other.sent.length]).toEqual([401, 1]);
  });
});

describe('nonces of servers (RFC 9449 §8.2)', () => {
  const keep = (...given: readonly (readonly [string, string])[]) => {
    const nonces = createServerNonces();
    for (const [from, nonce] of given) nonces.keep(from, new Headers({ 'dpop-nonce': nonce }));
    return nonces;
  };

  it('are the newest of each origin, and of no other', () => {
    const nonces = keep([`${url}?x`, 'one'], ['https://bron.example/x', 'two'], [url, 'three']);
    expect([nonces.forRequest('https://bron.example:8443/fhir'), nonces.forRequest('https://bron.example/'), nonces.forRequest('https://elders.example/')]).toEqual([{ nonce: 'three' }, { nonce: 'two' }, {}]);
  });

  it.each(['', 'a b', 'a"b', 'a\\b', 'x'.repeat(257)])('are nothing that no nonce can be: %j', (nonce) => {
    expect(keep([url, nonce]).forRequest(url)).toEqual({});
  });

  it('are no more than a thousand servers’', () => {
    const nonces = keep(...Array.from({ length: 1_001 }, (_, index) => [`https://bron-${index}.example/`, 'n'] as const));
    expect([nonces.forRequest('https://bron-0.example/'), nonces.forRequest('https://bron-1000.example/')]).toEqual([{}, { nonce: 'n' }]);
  });
});
