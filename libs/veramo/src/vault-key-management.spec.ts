import { createLocalSigner, PublicKeyJwk } from '@anw/identity';
import type { SigningKeyTable, StoredKey } from '@anw/persistence';
import { DidUrl } from '@anw/values';
import { createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import { P256, toManagedKey, VaultKeyManagement } from './vault-key-management.js';

const kid = DidUrl.parse('did:web:zorg.example:iam:1#key-1');
const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const publicKeyJwk = PublicKeyJwk.parse(pair.publicKey.export({ format: 'jwk' }));

const stored = { kid, vault: 'hardware', publicKeyJwk, state: 'active', signFrom: new Date(0) } satisfies StoredKey;
const elsewhere = { ...stored, kid: DidUrl.parse('did:web:zorg.example:iam:1#key-2'), vault: 'sealed' };

/** A vault that never gives its private key out, as a hardware module would not. */
const deleted: string[] = [];
const management = new VaultKeyManagement(
  {
    name: 'hardware',
    createKey: async () => publicKeyJwk,
    openSigner: async () => createLocalSigner(kid, pair.privateKey),
    deleteKey: async (id) => void deleted.push(id),
  },
  { listKeys: async () => [stored, elsewhere], findKey: async (id: DidUrl) => [stored, elsewhere].find((key) => key.kid === id) } as unknown as SigningKeyTable,
);

describe('Veramo key management over a key vault', () => {
  it('makes P-256 keys under the id asked, and tells their public half only', async () => {
    const made = await management.createKey({ type: P256, kid });
    expect(made).toEqual({ kid, kms: 'hardware', type: 'Secp256r1', publicKeyHex: expect.stringMatching(/^04[0-9a-f]{128}$/), meta: { algorithms: ['ES256'], publicKeyJwk } });
  });

  it('gives the public key as the point that the JWK names', () => {
    const point = Buffer.from(toManagedKey(stored).publicKeyHex, 'hex');
    const jwk = { kty: 'EC', crv: 'P-256', x: point.subarray(1, 33).toString('base64url'), y: point.subarray(33).toString('base64url') };
    expect(createPublicKey({ key: jwk, format: 'jwk' }).equals(pair.publicKey)).toBe(true);
  });

  it.each(['Ed25519', 'Secp256k1', 'X25519'])('makes no %s key', async (type) => await expect(management.createKey({ type, kid })).rejects.toThrow('P-256'));
  it('makes no key without the id of a DID document', async () => await expect(management.createKey({ type: P256 })).rejects.toThrow());

  it('signs ES256', async () => {
    const data = Buffer.from('x');
    const signature = Buffer.from(await management.sign({ keyRef: { kid }, data }), 'base64url');
    expect(verify('sha256', data, { key: pair.publicKey, dsaEncoding: 'ieee-p1363' }, signature)).toBe(true);
  });

  it.each(['ES256K', 'eth_signTransaction', 'none'])('does not sign %s', async (algorithm) => await expect(management.sign({ keyRef: { kid }, algorithm, data: Buffer.from('x') })).rejects.toThrow('ES256'));

  it('lists the keys that are in this vault', async () => expect((await management.listKeys()).map((key) => key.kid)).toEqual([kid]));

  it('deletes keys that exist', async () => {
    await management.deleteKey({ kid });
    expect(deleted).toEqual([kid]);
    await expect(management.deleteKey({ kid: 'did:web:zorg.example:iam:1#absent' })).rejects.toMatchObject({ name: 'SigningKeyMissingError' });
  });

  it('takes in no private key and agrees on no secret', async () => {
    await expect(management.importKey()).rejects.toThrow('not taken in');
    await expect(management.sharedSecret()).rejects.toThrow('no secrets');
  });
});
