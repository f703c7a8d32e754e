import { DidUrl } from '@anw/values';
import { FlattenedSign, flattenedVerify } from 'jose';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { signDetachedJws, verifyDetachedJws } from './detached-jws.js';
import { JwsError } from './jws-error.js';
import { createLocalSigner } from './local-signer.js';
import type { VerificationKeys } from './signing-key.js';

const kid = DidUrl.parse('did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10#key-1');
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = createLocalSigner(kid, pair.privateKey);
const payload = Uint8Array.from([0, 46, 255, 10]);

function keysOf(key: KeyObject): VerificationKeys {
  return {
    assertionKey: async (asked) => {
      if (asked !== kid) throw new JwsError('unknown-key', 'not in the document');
      return key;
    },
  };
}

const encode = (value: string | Uint8Array) => Buffer.from(value).toString('base64url');

/** A signature that holds over header text and payload, as RFC 7797 puts them together. */
async function signed(header: object | string): Promise<string> {
  const encoded = encode(typeof header === 'string' ? header : JSON.stringify(header));
  return `${encoded}..${encode(await signer.sign(Buffer.concat([Buffer.from(`${encoded}.`), payload])))}`;
}

const header = { alg: 'ES256', b64: false, crit: ['b64'], kid };

const failureOf = (jws: string, { over = payload, by = kid, key = pair.publicKey } = {}) =>
  verifyDetachedJws(jws, over, by, keysOf(key)).then(
    () => 'accepted',
    (error: { code: string }) => error.code,
  );

describe('detached JWS (RFC 7797, `b64` false)', () => {
  it('verifies over what was signed, and travels without it', async () => {
    const jws = await signDetachedJws(signer, payload);
    expect(jws).toMatch(/^[\w-]+\.\.[\w-]+$/);
    expect(await failureOf(jws)).toBe('accepted');
  });

  it('is verified by an independent implementation', async () => {
    const [protectedHeader = '', , signature = ''] = (await signDetachedJws(signer, payload)).split('.');
    const verified = await flattenedVerify({ protected: protectedHeader, payload, signature }, pair.publicKey, { algorithms: ['ES256'], crit: { b64: true } as never });
    expect(verified.protectedHeader).toEqual(header);
  });

  it.each([
    ['ES256', pair],
    ['ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['EdDSA', generateKeyPairSync('ed25519')],
    ['PS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ] as const)('made with %s by an independent implementation is accepted', async (alg, { publicKey, privateKey }) => {
    const { protected: protectedHeader, signature } = await new FlattenedSign(payload).setProtectedHeader({ alg, b64: false, crit: ['b64'], kid }).sign(privateKey);
    expect(await failureOf(`${protectedHeader}..${signature}`, { key: publicKey })).toBe('accepted');
  });

  it('may leave `kid` to the proof around it', async () => {
    expect(await failureOf(await signed({ alg: 'ES256', b64: false, crit: ['b64'] }))).toBe('accepted');
  });

  it('is refused over other bytes', async () => {
    expect(await failureOf(await signed(header), { over: Uint8Array.from([0, 46, 255, 11]) })).toBe('signature-invalid');
  });

  it('is refused with another key in the document', async () => {
    expect(await failureOf(await signed(header), { key: generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey })).toBe('signature-invalid');
  });

  it('is refused when the document does not list the key', async () => {
    const other = DidUrl.parse(`${kid}-2`);
    expect(await failureOf(await signed({ ...header, kid: other }), { by: other })).toBe('unknown-key');
  });

  it('is refused when its `kid` is not the key that the proof names', async () => {
    expect(await failureOf(await signed({ ...header, kid: `${kid}-2` }))).toBe('signature-invalid');
  });

  it.each([
    ['without b64', { alg: 'ES256', crit: ['b64'], kid }],
    ['with b64 true, which signs other bytes', { ...header, b64: true }],
    ['without crit, so that a reader may overlook b64', { alg: 'ES256', b64: false, kid }],
    ['with another crit', { ...header, crit: ['b64', 'exp'] }],
    ['that brings a key along', { ...header, jwk: { kty: 'EC' } }],
    ['with a member that we do not know', { ...header, x: 1 }],
  ])('is refused with a header %s', async (_what, members) => expect(await failureOf(await signed(members))).toBe('unsupported-header'));

  it.each(['none', 'HS256', 'RS256', 'ES256K'])('is refused with alg %s', async (alg) => expect(await failureOf(await signed({ ...header, alg }))).toBe('unsupported-algorithm'));

  it('is refused when its header names a member twice', async () => {
    expect(await failureOf(await signed(`{"alg":"none","alg":"ES256","b64":false,"crit":["b64"],"kid":"${kid}"}`))).toBe('malformed');
  });

  it.each([
    ['a compact JWS with the payload in it', async () => (await signed(header)).replace('..', `.${encode(payload)}.`)],
    ['a signature of another length', async () => (await signed(header)).slice(0, -4)],
    ['padding', async () => `${await signed(header)}=`],
    ['something behind it', async () => `${await signed(header)}..e30`],
    ['nothing', async () => ''],
    ['more than two KiB', async () => `${await signed({ ...header, kid: `${kid}${'x'.repeat(2_048)}` })}`],
  ])('is refused as %s', async (_what, make) => expect(await failureOf(await make())).toBe('malformed'));
});
