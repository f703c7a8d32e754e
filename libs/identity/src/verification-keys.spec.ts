import { Did, DidUrl } from '@anw/values';
import { generateKeyPairSync } from 'node:crypto';
import { DidDocument } from './did-document.js';
import { DidResolutionError } from './did-resolver.js';
import { signCompactJws, verifyCompactJws } from './jws.js';
import { createLocalSigner } from './local-signer.js';
import { createVerificationKeys } from './verification-keys.js';

const did = Did.parse('did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10');
const kid = DidUrl.parse(`${did}#key-1`);
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKeyJwk = pair.publicKey.export({ format: 'jwk' }) as { kty: string };
const method = { id: kid, type: 'JsonWebKey2020', controller: did, publicKeyJwk };
const documentWith = (changes: object) => DidDocument.parse({ id: did, verificationMethod: [method], assertionMethod: [kid], ...changes });

/** The first document is the cached one, the second what the publisher has now. */
function keysFrom(cached: DidDocument, published: DidDocument = cached) {
  const asked: boolean[] = [];
  const keys = createVerificationKeys({
    resolve: async (_did, options) => {
      asked.push(options?.fresh ?? false);
      return options?.fresh ? published : cached;
    },
  });
  return { keys, asked, failure: () => keys.assertionKey(kid).then(() => 'found', (error: { code: string }) => error.code) };
}

describe('assertion keys of a DID', () => {
  it('verifies what the DID signed', async () => {
    const jws = await signCompactJws(createLocalSigner(kid, pair.privateKey), {}, { a: 1 });
    expect((await verifyCompactJws(jws, keysFrom(documentWith({})).keys)).kid).toBe(kid);
  });

  it('takes a key that assertionMethod itself holds', async () => {
    expect(await keysFrom(documentWith({ verificationMethod: [], assertionMethod: [method] })).failure()).toBe('found');
  });

  it.each([
    ['P-384', () => generateKeyPairSync('ec', { namedCurve: 'P-384' })],
    ['Ed25519', () => generateKeyPairSync('ed25519')],
    ['RSA', () => generateKeyPairSync('rsa', { modulusLength: 2048 })],
  ])('takes a key of kind %s', async (_kind, generate) => {
    const publicKeyJwk = generate().publicKey.export({ format: 'jwk' });
    expect(await keysFrom(documentWith({ verificationMethod: [{ ...method, publicKeyJwk }] })).failure()).toBe('found');
  });

  it('makes the key object once per document', async () => {
    const { keys } = keysFrom(documentWith({}));
    expect(await keys.assertionKey(kid)).toBe(await keys.assertionKey(kid));
  });

  it('does not ask the publisher again for a key that is listed', async () => {
    const { asked, failure } = keysFrom(documentWith({}));
    await failure();
    expect(asked).toEqual([false]);
  });

  it('asks the publisher once for a key that its copy does not list, and finds it after a rotation', async () => {
    const { asked, failure } = keysFrom(documentWith({ verificationMethod: [], assertionMethod: [] }), documentWith({}));
    expect(await failure()).toBe('found');
    expect(asked).toEqual([false, true]);
  });

  it.each([
    ['is not listed at all', { verificationMethod: [], assertionMethod: [] }],
    ['is listed for authentication only', { assertionMethod: [], authentication: [kid] }],
    ['is named but not present', { verificationMethod: [] }],
    ['is controlled by another DID', { verificationMethod: [{ ...method, controller: 'did:web:evil.example' }] }],
    ['is of a curve that we do not take', { verificationMethod: [{ ...method, publicKeyJwk: generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' }) }] }],
    ['has no JWK', { verificationMethod: [{ ...method, publicKeyJwk: undefined }] }],
    ['has no y', { verificationMethod: [{ ...method, publicKeyJwk: { ...publicKeyJwk, y: undefined } }] }],
    ['is not on the curve', { verificationMethod: [{ ...method, publicKeyJwk: { ...publicKeyJwk, y: Buffer.alloc(32, 1).toString('base64url') } }] }],
  ])('refuses a key that %s', async (_why, changes) => expect(await keysFrom(documentWith(changes)).failure()).toBe('unknown-key'));

  it('passes on that the document cannot be had', async () => {
    const keys = createVerificationKeys({ resolve: (subject) => Promise.reject(new DidResolutionError('unreachable', subject)) });
    await expect(keys.assertionKey(kid)).rejects.toMatchObject({ name: 'DidResolutionError', code: 'unreachable' });
  });
});
