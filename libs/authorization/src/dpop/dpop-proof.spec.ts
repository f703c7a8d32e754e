import { jwkThumbprint } from '@anw/identity';
import { createOtherKey, createTestParty } from '@anw/testing/parties';
import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { createDpopProof, type ProofKey } from './create-dpop-proof.js';
import { createDpopNonces } from './dpop-nonces.js';
import { DpopProofError } from './dpop-proof-error.js';
import { isSameTarget } from './target-url.js';
import { accessTokenHash, type DpopExpectations, verifyDpopProof } from './verify-dpop-proof.js';

const now = new Date('2026-01-01T22:00:00Z');
const seconds = now.getTime() / 1000;
const key = createTestParty('zorg').signer;
const other = createTestParty('elders').signer;
const token = 'A'.repeat(43);
const request = { method: 'POST', url: 'https://bron.example:8443/oauth2/bron/token' };
const nonces = createDpopNonces({ key: new Uint8Array(32), clock: () => now });

interface Change {
  readonly header?: object;
  readonly claims?: object;
  readonly by?: ProofKey;
  readonly expected?: Partial<DpopExpectations>;
  readonly alter?: (proof: string) => string;
}

function encode(part: object): string {
  return Buffer.from(JSON.stringify(part)).toString('base64url');
}

/** A proof written by hand, so that every member of it can be another. */
async function proofOf({ header, claims, by = key, alter = (proof) => proof }: Change): Promise<string> {
  const input = `${encode({ typ: 'dpop+jwt', alg: 'ES256', jwk: by.publicKeyJwk, ...header })}.${encode({ jti: 'one', htm: 'POST', htu: request.url, iat: seconds, ...claims })}`;
  return alter(`${input}.${Buffer.from(await by.sign(Buffer.from(input))).toString('base64url')}`);
}

async function verify(change: Change = {}) {
  return verifyDpopProof(await proofOf(change), { ...request, now, ...change.expected });
}

async function failureOf(change: Change): Promise<string> {
  try {
    await verify(change);
    return 'accepted';
  } catch (error) {
    if (error instanceof DpopProofError) return error.code;
    throw error;
  }
}

describe('DPoP proof (RFC 9449 §4.3)', () => {
  it('of a key, for this request and made now, shows that key', async () => {
    expect(await verify()).toEqual({ thumbprint: jwkThumbprint(key.publicKeyJwk), jti: 'one', forgetAfter: new Date(now.getTime() + 61_000) });
  });

  it('of our own making is accepted, with `iat` two seconds back, a fresh `jti` and `htu` without query (B11)', async () => {
    const proofs = await Promise.all([1, 2].map(() => createDpopProof(key, { method: 'POST', url: `${request.url}?a=b#c` }, () => now)));
    const claims = JSON.parse(Buffer.from(proofs[0]!.split('.')[1]!, 'base64url').toString());
    expect(claims).toEqual({ jti: expect.any(String), htm: 'POST', htu: request.url, iat: seconds - 2 });
    expect(new Set(proofs.map((proof) => verifyDpopProof(proof, { ...request, now }).jti)).size).toBe(2);
  });

  it('names its key by the thumbprint of RFC 7638', async () => {
    // The required members in lexicographic order, hashed by hand.
    const { x, y } = key.publicKeyJwk;
    expect((await verify()).thumbprint).toBe(accessTokenHash(`{"crv":"P-256","kty":"EC","x":"${x}","y":"${y}"}`));
  });

  const weakRsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' });
  const withPrivateHalf: JsonWebKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  it.each<readonly [string, Change, string]>([
    ['is no JWT', { alter: () => 'x' }, 'malformed'],
    ['has a part more', { alter: (proof) => `${proof}.x` }, 'malformed'],
    ['is one of two in the header', { alter: (proof) => `${proof}, ${proof}` }, 'malformed'],
    ['is spelled with padding', { alter: (proof) => `${proof}==` }, 'malformed'],
    ['is longer than anyone needs', { claims: { extra: 'x'.repeat(9000) } }, 'malformed'],
    ['has a header that is no object', { alter: (proof) => [encode([]), ...proof.split('.').slice(1)].join('.') }, 'malformed'],
    ['has another typ', { header: { typ: 'JWT' } }, 'wrong-type'],
    ['has no typ', { header: { typ: undefined } }, 'wrong-type'],
    ['is not signed at all', { header: { alg: 'none' } }, 'unsupported-algorithm'],
    ['is of a symmetric algorithm', { header: { alg: 'HS256' } }, 'unsupported-algorithm'],
    ['is of an algorithm that we do not take', { header: { alg: 'RS256' } }, 'unsupported-algorithm'],
    ['is of another algorithm than its key is for', { header: { alg: 'EdDSA' } }, 'signature-invalid'],
    ['asks for an extension', { header: { crit: ['exp'] } }, 'malformed'],
    ['brings no key', { header: { jwk: undefined } }, 'malformed'],
    ['brings a private key', { header: { jwk: withPrivateHalf } }, 'private-key-shown'],
    ['brings a symmetric key', { header: { jwk: { kty: 'oct', k: 'c2VjcmV0' } } }, 'private-key-shown'],
    ['brings a key that is too short', { header: { jwk: weakRsa } }, 'unusable-key'],
    ['brings a point that is not on the curve', { header: { jwk: { ...key.publicKeyJwk, y: key.publicKeyJwk.x } } }, 'unusable-key'],
    ['is signed by another key than it brings', { header: { jwk: other.publicKeyJwk } }, 'signature-invalid'],
    ['was changed after it was signed', { alter: (proof) => proof.replace(/\.[^.]*\./, `.${encode({ jti: 'two', htm: 'POST', htu: request.url, iat: seconds })}.`) }, 'signature-invalid'],
    ['has a signature of another length', { alter: (proof) => proof.slice(0, -4) }, 'malformed'],
    ['has no jti', { claims: { jti: undefined } }, 'malformed'],
    ['has an empty jti', { claims: { jti: '' } }, 'malformed'],
    ['has a jti of more than 256 characters', { claims: { jti: 'j'.repeat(257) } }, 'malformed'],
    ['has no iat', { claims: { iat: undefined } }, 'malformed'],
    ['has an iat that is text', { claims: { iat: `${seconds}` } }, 'malformed'],
    ['is of another method', { claims: { htm: 'GET' } }, 'wrong-method'],
    ['is of the method in another case', { claims: { htm: 'post' } }, 'wrong-method'],
    ['is of another path', { claims: { htu: 'https://bron.example:8443/oauth2/elders/token' } }, 'wrong-url'],
    ['is of another port', { claims: { htu: 'https://bron.example/oauth2/bron/token' } }, 'wrong-url'],
    ['is of another host', { claims: { htu: 'https://elders.example:8443/oauth2/bron/token' } }, 'wrong-url'],
    ['is of another scheme', { claims: { htu: 'http://bron.example:8443/oauth2/bron/token' } }, 'wrong-url'],
    ['names no URL', { claims: { htu: '/oauth2/bron/token' } }, 'wrong-url'],
    ['is 61 s old', { claims: { iat: seconds - 61 } }, 'too-old'],
    ['is of 6 s from now', { claims: { iat: seconds + 6 } }, 'in-the-future'],
    ['has no ath where a token came with it', { expected: { accessToken: token } }, 'wrong-token'],
    ['has the ath of another token', { claims: { ath: accessTokenHash('another') }, expected: { accessToken: token } }, 'wrong-token'],
    ['has no nonce where one is demanded', { expected: { nonces } }, 'nonce-needed'],
    ['has a nonce that is not ours', { claims: { nonce: 'x' }, expected: { nonces } }, 'nonce-needed'],
  ])('is refused when it %s', async (_, change, failure) => {
    expect(await failureOf(change)).toBe(failure);
  });

  it.each<readonly [string, Change]>([
    ['is 60 s old', { claims: { iat: seconds - 60 } }],
    ['is of 5 s from now', { claims: { iat: seconds + 5 } }],
    ['has a jti of 256 characters', { claims: { jti: 'j'.repeat(256) } }],
    ['names the query as well', { claims: { htu: `${request.url}?x=y` } }],
    ['has the ath of the token that came', { claims: { ath: accessTokenHash(token) }, expected: { accessToken: token } }],
    ['has the nonce of now', { claims: { nonce: nonces.current() }, expected: { nonces } }],
    ['describes its key further', { header: { jwk: { ...key.publicKeyJwk, alg: 'ES256', use: 'sig', kid: 'mine' } } }],
  ])('is accepted when it %s', async (_, change) => {
    expect(await failureOf(change)).toBe('accepted');
  });

  it.each(['ES384', 'ES512', 'EdDSA', 'PS256', 'PS384', 'PS512'] as const)('of a %s key, as an independent implementation signs it, shows that key', async (algorithm) => {
    const { publicKeyJwk, signJwt } = createOtherKey(createTestParty('zorg').did, algorithm);
    const proof = await signJwt({ jti: 'one', htm: 'POST', htu: request.url, iat: seconds }, { typ: 'dpop+jwt', jwk: publicKeyJwk });
    expect(verifyDpopProof(proof, { ...request, now }).thumbprint).toBe(jwkThumbprint(publicKeyJwk));
  });
});

describe('address of a proof (RFC 9449 §4.3 point 9, RFC 3986 §6.2)', () => {
  it.each([
    ['case of scheme and host', 'HTTPS://Bron.Example/x', 'https://bron.example/x', true],
    ['the default port', 'https://bron.example:443/x', 'https://bron.example/x', true],
    ['escapes that need not be', 'https://bron.example/%7ex', 'https://bron.example/~x', true],
    ['case of an escape', 'https://bron.example/a%2fb', 'https://bron.example/a%2Fb', true],
    ['an escaped slash', 'https://bron.example/a%2Fb', 'https://bron.example/a/b', false],
    ['case of the path', 'https://bron.example/X', 'https://bron.example/x', false],
    ['a slash at the end', 'https://bron.example/x/', 'https://bron.example/x', false],
    ['someone in front of the host', 'https://me@bron.example/x', 'https://bron.example/x', false],
  ])('%s', (_, claimed, requested, same) => {
    expect(isSameTarget(claimed, requested)).toBe(same);
  });
});

describe('nonce of a server (RFC 9449 §8)', () => {
  const at = (offset: number, fill = 0) => createDpopNonces({ key: new Uint8Array(32).fill(fill), clock: () => new Date(now.getTime() + offset * 1000) });

  it('counts at every replica, for two minutes at least and four at most', () => {
    const nonce = at(0).current();
    expect([at(0), at(119), at(239), at(240)].map((replica) => replica.accepts(nonce))).toEqual([true, true, true, false]);
  });

  it('of another key, or made up, does not count', () => {
    expect([at(0).accepts(at(0, 1).current()), at(0).accepts(''), at(0).accepts('x'.repeat(43))]).toEqual([false, false, false]);
  });
});
