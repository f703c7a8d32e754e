import { jwkThumbprint } from '@anw/identity';
import { certificateOf, createTestParties, dpopPorts } from '@anw/testing/parties';
import type { AccessToken } from '../access-token.js';
import type { SenderConstraint } from '../binding/token-binding.js';
import { createDpopProof, type DpopProofToCreate } from '../dpop/create-dpop-proof.js';
import { dpopAlgorithms } from '../dpop/dpop-key.js';
import { createAccessToken } from '../token-request/create-access-token.js';
import { authenticateAccess, type PresentedAccess } from './authenticate-access.js';

const now = new Date('2026-01-01T22:00:00Z');
const { actor, regisseur } = createTestParties();
const certificate = certificateOf(regisseur);
const key = regisseur.signer;
const jkt = jwkThumbprint(key.publicKeyJwk);
const algs = `algs="${dpopAlgorithms.join(' ')}"`;
const request = { method: 'GET', url: 'https://bron.example/anw/bron/allowlist' } as const;

function issue(bound: SenderConstraint, until = new Date(now.getTime() + 3_600_000)) {
  const facts = { kind: 'organisation-access', client: regisseur.did } as const;
  return createAccessToken({ facts, bound, until, scope: 'anw-regisseur', issuedAt: now, decision: 'reference' }, () => new Uint8Array(32).fill(7));
}

const { text, token } = issue({ certificateThumbprint: certificate.thumbprint });
const bearer = { authorization: `Bearer ${text}`, proof: undefined, certificate };

function authenticate(change: Partial<PresentedAccess> = {}, { at = now, tokens = [token] as readonly AccessToken[], dpop = dpopPorts(at) } = {}) {
  const presented: PresentedAccess = { ...bearer, request, scope: 'anw-regisseur', ...change };
  return authenticateAccess(presented, { findToken: async (hash) => tokens.find((candidate) => candidate.hash === hash), ...dpop, clock: () => at });
}

describe('access token in a request (design D9)', () => {
  it('is let in over the certificate it is bound to, for its scope, while it lasts', async () => {
    expect(await authenticate()).toEqual({ authenticated: true, token });
  });

  it('is opaque, of 256 bit, and kept as its hash only', () => {
    expect(text).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(JSON.stringify(token)).not.toContain(text);
    expect(token.hash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('lasts five minutes at most, and no longer than what it rests on', () => {
    const lasting = (milliseconds: number) => issue({ certificateThumbprint: certificate.thumbprint }, new Date(now.getTime() + milliseconds));
    expect(lasting(3_600_000)).toMatchObject({ expiresIn: 300 });
    expect(lasting(42_900)).toMatchObject({ expiresIn: 42, token: { expiresAt: new Date(now.getTime() + 42_900) } });
  });

  it.each([
    ['there is none', { authorization: undefined }, 'token-missing'],
    ['it is of another scheme', { authorization: `Basic ${text}` }, 'token-malformed'],
    ['it has another length', { authorization: `Bearer ${text}x` }, 'token-malformed'],
    ['something follows it', { authorization: `Bearer ${text}, Bearer ${text}` }, 'token-malformed'],
    ['nobody issued it', { authorization: `Bearer ${'A'.repeat(43)}` }, 'token-unknown'],
    ['the connection shows no certificate', { certificate: undefined }, 'token-of-another-certificate'],
    ['the connection shows another certificate', { certificate: certificateOf(actor) }, 'token-of-another-certificate'],
    ['the certificate is no longer trusted', { certificate: { ...certificate, trusted: false } }, 'token-of-another-certificate'],
    ['it comes as a DPoP token and is bound to no key', { authorization: `DPoP ${text}` }, 'token-of-another-key'],
    ['the route is for another scope', { scope: 'anw-zorg-2022' }, 'token-of-another-scope'],
  ] as const)('is refused when %s', async (_, change, failure) => {
    expect(await authenticate(change)).toMatchObject({ authenticated: false, failure });
  });

  it('is refused from its last instant on', async () => {
    expect(await authenticate({}, { at: token.expiresAt })).toMatchObject({ authenticated: false, failure: 'token-expired' });
  });

  it('is unknown at another organisation', async () => {
    expect(await authenticate({}, { tokens: [] })).toMatchObject({ failure: 'token-unknown' });
  });

  it('opens nothing when it is bound to nothing', async () => {
    const { certificateThumbprint: _, ...loose } = token;
    expect(await authenticate({}, { tokens: [loose] })).toMatchObject({ authenticated: false, failure: 'token-of-another-certificate' });
  });

  it('for a named authorization counts for the scope of that name', async () => {
    const named = { ...token, scope: 'anw-zorg-2022:b7a1c1d0-33a2-4b6a-a9b7-9a4f4a1f77de' };
    expect(await authenticate({ scope: 'anw-zorg-2022' }, { tokens: [named] })).toMatchObject({ authenticated: true });
  });
});

describe('access token bound to a DPoP key (RFC 9449 §7)', () => {
  const held = issue({ jkt });
  const proofOf = (change: Partial<DpopProofToCreate> = {}, by = key, at = now) => createDpopProof(by, { ...request, accessToken: held.text, ...change }, () => at);
  type Shown = Omit<Partial<PresentedAccess>, 'proof'> & { readonly proof?: string | Promise<string> | undefined };
  const shown = async (change: Shown = {}): Promise<Partial<PresentedAccess>> => ({
    authorization: `DPoP ${held.text}`,
    certificate: undefined,
    ...change,
    proof: await ('proof' in change ? change.proof : proofOf()),
  });
  const tokens = [held.token];

  it('is let in with a proof of that key for this request, without any certificate', async () => {
    expect(await authenticate(await shown(), { tokens })).toEqual({ authenticated: true, token: held.token });
  });

  it.each([
    ['comes without a proof: a stolen token alone opens nothing', shown({ proof: undefined }), 'token-without-proof'],
    ['comes as a bearer token, even with its proof (downgrade)', shown({ authorization: `Bearer ${held.text}` }), 'token-without-proof'],
    ['comes as a bearer token over whatever certificate', shown({ authorization: `Bearer ${held.text}`, proof: undefined, certificate }), 'token-without-proof'],
    ['comes with the proof of another key', shown({ proof: proofOf({}, actor.signer) }), 'token-of-another-key'],
    ['comes with the proof of another method', shown({ proof: proofOf({ method: 'POST' }) }), 'proof-not-accepted'],
    ['comes with the proof of another address', shown({ proof: proofOf({ url: 'https://bron.example/anw/bron/precheck' }) }), 'proof-not-accepted'],
    ['comes with the proof of another token', shown({ proof: proofOf({ accessToken: 'A'.repeat(43) }) }), 'proof-not-accepted'],
    ['comes with the proof of a token request', shown({ proof: proofOf({ accessToken: undefined } as unknown as DpopProofToCreate) }), 'proof-not-accepted'],
    ['comes with a proof of a minute and more ago', shown({ proof: proofOf({}, key, new Date(now.getTime() - 60_000)) }), 'proof-not-accepted'],
    ['comes with two proofs', shown({ proof: Promise.all([proofOf(), proofOf()]).then((proofs) => proofs.join(', ')) }), 'proof-not-accepted'],
  ] as const)('is refused when it %s', async (_, change, failure) => {
    expect(await authenticate(await change, { tokens })).toMatchObject({ authenticated: false, failure });
  });

  it('is refused with a proof that was shown before', async () => {
    const dpop = dpopPorts(now);
    const once = await shown();
    expect(await authenticate(once, { tokens, dpop })).toMatchObject({ authenticated: true });
    expect(await authenticate(once, { tokens, dpop })).toMatchObject({ authenticated: false, failure: 'proof-not-accepted' });
  });

  it('spends no proof on a request that fails for another reason', async () => {
    const dpop = dpopPorts(now);
    const once = await shown();
    expect(await authenticate({ ...once, scope: 'anw-zorg-2022' }, { tokens, dpop })).toMatchObject({ failure: 'token-of-another-scope' });
    expect(await authenticate(once, { tokens, dpop })).toMatchObject({ authenticated: true });
  });

  it('needs certificate and key when it is bound to both', async () => {
    const both = issue({ jkt, certificateThumbprint: certificate.thumbprint });
    const access = async (change: Shown) => authenticate(await shown({ certificate, ...change }), { tokens: [both.token] });
    expect(await access({})).toMatchObject({ authenticated: true });
    expect(await access({ certificate: undefined })).toMatchObject({ failure: 'token-of-another-certificate' });
    expect(await access({ certificate: certificateOf(actor) })).toMatchObject({ failure: 'token-of-another-certificate' });
    expect(await access({ authorization: `Bearer ${both.text}`, proof: undefined })).toMatchObject({ failure: 'token-without-proof' });
  });

  it('comes back with the nonce it is given, where one is demanded', async () => {
    const dpop = dpopPorts(now, { nonceNeeded: true });
    const refused = await authenticate(await shown(), { tokens, dpop });
    expect(refused).toMatchObject({ authenticated: false, failure: 'proof-nonce-needed', challenge: { 'www-authenticate': `DPoP error="use_dpop_nonce", ${algs}` } });
    const nonce = refused.authenticated ? undefined : refused.challenge['dpop-nonce'];
    expect(await authenticate(await shown({ proof: proofOf({ nonce: nonce! }) }), { tokens, dpop })).toMatchObject({ authenticated: true });
  });
});

describe('challenge of a request that is not let in', () => {
  const held = issue({ jkt });
  it.each([
    ['names both schemes when no token came', { authorization: undefined }, `Bearer, DPoP ${algs}`],
    ['is of the scheme that came', { authorization: `Bearer ${'A'.repeat(43)}` }, 'Bearer error="invalid_token"'],
    ['is of DPoP when that came', { authorization: `DPoP ${'A'.repeat(43)}` }, `DPoP error="invalid_token", ${algs}`],
    ['tells a bearer of a bound token how to come back', { authorization: `Bearer ${held.text}` }, `DPoP error="invalid_token", ${algs}`],
    ['tells that the proof is what is wrong', { authorization: `DPoP ${held.text}`, proof: 'x' }, `DPoP error="invalid_dpop_proof", ${algs}`],
  ] as const)('%s', async (_, change, challenge) => {
    expect(await authenticate(change, { tokens: [held.token] })).toMatchObject({ challenge: { 'www-authenticate': challenge } });
  });
});
