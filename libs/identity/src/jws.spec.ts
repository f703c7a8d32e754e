import { DidUrl } from '@anw/values';
import { compactVerify, CompactSign } from 'jose';
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { type JwsAlgorithm, jwsAlgorithms } from './jws-algorithm.js';
import { JwsError } from './jws-error.js';
import { MAX_JWS_PAYLOAD_BYTES, parseCompactJws, signCompactJws, verifyCompactJws } from './jws.js';
import { createLocalSigner } from './local-signer.js';
import type { VerificationKeys } from './signing-key.js';

const kid = DidUrl.parse('did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10#key-1');
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const signer = createLocalSigner(kid, pair.privateKey);
const keys = keysOf(pair.publicKey);

function keysOf(key: KeyObject): VerificationKeys {
  return {
    assertionKey: async (asked) => {
      if (asked !== kid) throw new JwsError('unknown-key', 'not in the document');
      return key;
    },
  };
}

const encode = (value: string | Uint8Array) => Buffer.from(value).toString('base64url');

/** A signature that holds, over any header and payload text. */
async function signedText(header: string, payload = '{}'): Promise<string> {
  const input = `${encode(header)}.${encode(payload)}`;
  return `${input}.${encode(await signer.sign(Buffer.from(input)))}`;
}

const headerWith = (members: object) => JSON.stringify({ alg: 'ES256', kid, ...members });

async function failureOf(jws: string, typ?: string[]): Promise<string> {
  return verifyCompactJws(jws, keys, typ === undefined ? {} : { typ }).then(
    () => 'accepted',
    (error: unknown) => {
      if (error instanceof JwsError) return error.code;
      throw error;
    },
  );
}

describe('compact JWS (RFC 7515)', () => {
  it('gives back header, kid and payload of what was signed', async () => {
    const jws = await signCompactJws(signer, { typ: 'JWT' }, { iss: 'x' });
    const verified = await verifyCompactJws(jws, keys, { typ: ['JWT'] });
    expect(verified.kid).toBe(kid);
    expect(verified.header).toEqual({ alg: 'ES256', kid, typ: 'JWT' });
    expect(JSON.parse(Buffer.from(verified.payload).toString())).toEqual({ iss: 'x' });
  });

  it('signs bytes as they are', async () => {
    const payload = Uint8Array.from([0, 255, 10]);
    expect(Uint8Array.from((await verifyCompactJws(await signCompactJws(signer, {}, payload), keys)).payload)).toEqual(payload);
  });

  it('signs what an independent implementation verifies', async () => {
    const jws = await signCompactJws(signer, { typ: 'JWT' }, { iss: 'x' });
    const verified = await compactVerify(jws, pair.publicKey, { algorithms: ['ES256'] });
    expect(verified.protectedHeader).toEqual({ alg: 'ES256', kid, typ: 'JWT' });
  });

  it('verifies what an independent implementation signs', async () => {
    const jws = await new CompactSign(Buffer.from('{"iss":"x"}')).setProtectedHeader({ alg: 'ES256', kid, typ: 'JWT' }).sign(pair.privateKey);
    expect(await failureOf(jws, ['JWT'])).toBe('accepted');
  });

  it('does not let a caller choose algorithm or key', async () => {
    const header = parseCompactJws(await signCompactJws(signer, { alg: 'none', kid: 'other' }, {})).header;
    expect(header).toEqual({ alg: 'ES256', kid });
  });

  describe('signature', () => {
    it('refuses a changed payload', async () => {
      const [header, , signature] = (await signCompactJws(signer, {}, { a: 1 })).split('.');
      expect(await failureOf(`${header}.${encode('{"a":2}')}.${signature}`)).toBe('signature-invalid');
    });

    it('refuses a changed header', async () => {
      const [, payload, signature] = (await signCompactJws(signer, {}, { a: 1 })).split('.');
      expect(await failureOf(`${encode(headerWith({ typ: 'JWT' }))}.${payload}.${signature}`)).toBe('signature-invalid');
    });

    it('refuses the signature of another key', async () => {
      const other = createLocalSigner(kid, generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey);
      expect(await failureOf(await signCompactJws(other, {}, {}))).toBe('signature-invalid');
    });

    it('refuses a signature of zeros', async () => {
      const [header, payload] = (await signCompactJws(signer, {}, {})).split('.');
      expect(await failureOf(`${header}.${payload}.${encode(new Uint8Array(64))}`)).toBe('signature-invalid');
    });

    it('refuses a signature in DER form', async () => {
      const [header, payload] = (await signCompactJws(signer, {}, {})).split('.');
      expect(await failureOf(`${header}.${payload}.${encode(new Uint8Array(70))}`)).toBe('malformed');
    });

    it('refuses a key that the document does not list', async () => {
      expect(await failureOf(await signedText(headerWith({ kid: `${kid}-2` })))).toBe('unknown-key');
    });
  });

  describe('form', () => {
    it.each(['', 'a', 'a.b', 'a.b.c.d', '..', '.e30.'])('refuses %j', async (jws) => expect(await failureOf(jws)).toBe('malformed'));

    it('refuses padding, in each part', async () => {
      const parts = (await signCompactJws(signer, {}, { a: 1 })).split('.');
      for (const index of [0, 1, 2]) expect(await failureOf(parts.map((part, at) => (at === index ? `${part}=` : part)).join('.'))).toBe('malformed');
    });

    it('refuses unused bits that are not zero: one signature has one spelling', async () => {
      const jws = await signCompactJws(signer, {}, { a: 1 });
      const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
      // 64 bytes leave four bits of the last character unused: sixteen spellings of one signature.
      const respelt = jws.slice(0, -1) + alphabet[alphabet.indexOf(jws.at(-1)!) + 1];
      expect(Buffer.from(respelt.split('.')[2]!, 'base64url')).toEqual(Buffer.from(jws.split('.')[2]!, 'base64url'));
      expect(await failureOf(respelt)).toBe('malformed');
    });

    it('refuses the standard base64 alphabet and white space', async () => {
      const jws = await signCompactJws(signer, {}, Uint8Array.from([0xfb, 0xff, 0xff]));
      expect(jws).toContain('.-___.');
      expect(await failureOf(jws.replace('.-___.', '.+///.'))).toBe('malformed');
      expect(await failureOf(`${jws}\n`)).toBe('malformed');
    });

    it('refuses a signature that is not as long as its algorithm makes them', async () => {
      const jws = await signCompactJws(signer, {}, {});
      expect(await failureOf(jws.slice(0, jws.lastIndexOf('.') + 1))).toBe('malformed');
    });

    it('refuses a payload of more than 256 KiB, on both sides', async () => {
      const largest = new Uint8Array(MAX_JWS_PAYLOAD_BYTES);
      expect(await failureOf(await signCompactJws(signer, {}, largest))).toBe('accepted');
      await expect(signCompactJws(signer, {}, new Uint8Array(MAX_JWS_PAYLOAD_BYTES + 1))).rejects.toMatchObject({ code: 'too-large' });
      expect(await failureOf(await signedText(headerWith({}), 'x'.repeat(MAX_JWS_PAYLOAD_BYTES + 1)))).toBe('too-large');
    });

    it('refuses a header of more than 8 KiB', async () => expect(await failureOf(await signedText(headerWith({ x: 'x'.repeat(9000) })))).toBe('too-large'));
  });

  describe('header', () => {
    it.each(['none', 'None', 'HS256', 'ES256K', 'RS256', 'Ed25519', 'es256', '', 1, null, undefined, ['ES256']])('refuses alg %j', async (alg) =>
      expect(await failureOf(await signedText(headerWith({ alg })))).toBe('unsupported-algorithm'),
    );

    it.each([
      ['crit', ['exp']],
      ['crit', []],
      ['b64', false],
      ['b64', true],
      ['jwk', { kty: 'EC' }],
      ['jku', 'https://evil.example/jwks'],
      ['x5u', 'https://evil.example/x'],
      ['x5c', ['MII']],
    ])('refuses %s %j', async (member, value) => expect(await failureOf(await signedText(headerWith({ [member]: value })))).toBe('unsupported-header'));

    it.each([undefined, 1, 'key-1', '#key-1', 'did:web:zorg.example', 'https://zorg.example/key#1', `${kid}#again`])('refuses kid %j', async (bad) =>
      expect(await failureOf(await signedText(headerWith({ kid: bad })))).toBe('malformed'),
    );

    it('refuses a member named twice', async () => expect(await failureOf(await signedText(`{"alg":"none","kid":"${kid}","alg":"ES256"}`))).toBe('malformed'));

    it.each(['[]', 'null', '"x"', '1', 'x'])('refuses %s for a header', async (header) => expect(await failureOf(await signedText(header))).toBe('malformed'));
  });

  describe('algorithm (spec nuts-protocols §2.1)', () => {
    const kinds = {
      ES256: () => pair,
      ES384: () => generateKeyPairSync('ec', { namedCurve: 'P-384' }),
      ES512: () => generateKeyPairSync('ec', { namedCurve: 'P-521' }),
      EdDSA: () => generateKeyPairSync('ed25519'),
      PS256: () => rsa,
      PS384: () => rsa,
      PS512: () => rsa,
    } as const satisfies Record<JwsAlgorithm, () => { readonly publicKey: KeyObject; readonly privateKey: KeyObject }>;
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });

    const signedBy = (algorithm: JwsAlgorithm, privateKey: KeyObject) => new CompactSign(Buffer.from('{"iss":"x"}')).setProtectedHeader({ alg: algorithm, kid }).sign(privateKey);

    it.each(jwsAlgorithms)('takes %s, as an independent implementation signs it', async (algorithm) => {
      const { publicKey, privateKey } = kinds[algorithm]();
      const verified = await verifyCompactJws(await signedBy(algorithm, privateKey), keysOf(publicKey));
      expect(verified.header.alg).toBe(algorithm);
    });

    it.each(jwsAlgorithms)('refuses %s where the document has a key of another kind', async (algorithm) => {
      const { privateKey } = kinds[algorithm]();
      const other = algorithm === 'ES256' ? kinds.EdDSA() : pair;
      await expect(verifyCompactJws(await signedBy(algorithm, privateKey), keysOf(other.publicKey))).rejects.toMatchObject({ code: 'signature-invalid' });
    });

    it('refuses one algorithm of RSA in the place of another', async () => {
      const [, payload, signature] = (await signedBy('PS256', rsa.privateKey)).split('.');
      await expect(verifyCompactJws(`${encode(headerWith({ alg: 'PS384' }))}.${payload}.${signature}`, keysOf(rsa.publicKey))).rejects.toMatchObject({ code: 'signature-invalid' });
    });
  });

  describe('typ (RFC 7515 §4.1.9)', () => {
    it.each(['JWT', 'jwt', 'application/jwt'])('takes %s for JWT', async (typ) => expect(await failureOf(await signedText(headerWith({ typ })), ['JWT'])).toBe('accepted'));
    it.each(['dpop+jwt', 'JOSE', undefined])('refuses %s where JWT is expected', async (typ) =>
      expect(await failureOf(await signedText(headerWith({ typ })), ['JWT'])).toBe('unexpected-type'),
    );
    it('takes any typ where none is expected', async () => expect(await failureOf(await signedText(headerWith({ typ: 'x' })))).toBe('accepted'));
    it('refuses a typ that is no string', async () => expect(await failureOf(await signedText(headerWith({ typ: 1 })))).toBe('malformed'));
  });
});
