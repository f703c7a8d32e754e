import { randomBytes } from 'node:crypto';
import { createKeyEncryption, KeyEncryptionKey } from './key-encryption.js';

const newKey = () => KeyEncryptionKey.parse(randomBytes(32).toString('base64'));
const secret = new Uint8Array([1, 2, 3]);

describe('encryption of private keys at rest', () => {
  it('opens what it sealed', () => {
    const encryption = createKeyEncryption(newKey());
    const { encryptionKeyId, sealed } = encryption.seal(secret, 'org kid');
    expect(new Uint8Array(encryption.open(encryptionKeyId, sealed, 'org kid'))).toEqual(secret);
  });

  it('seals the same secret differently each time', () => {
    const encryption = createKeyEncryption(newKey());
    expect(encryption.seal(secret, 'c').sealed).not.toEqual(encryption.seal(secret, 'c').sealed);
  });

  it('does not open for another organisation or key id', () => {
    const encryption = createKeyEncryption(newKey());
    const { encryptionKeyId, sealed } = encryption.seal(secret, 'linde kid');
    expect(() => encryption.open(encryptionKeyId, sealed, 'eik kid')).toThrow(expect.objectContaining({ code: 'tampered' }));
  });

  it('does not open when any byte was changed', () => {
    const encryption = createKeyEncryption(newKey());
    const { encryptionKeyId, sealed } = encryption.seal(secret, 'c');
    for (let index = 0; index < sealed.length; index += 1) {
      const changed = Uint8Array.from(sealed);
      changed[index]! ^= 1;
      expect(() => encryption.open(encryptionKeyId, changed, 'c')).toThrow(expect.objectContaining({ code: 'tampered' }));
    }
  });

  it.each([0, 11, 12, 27, 28])('does not open what was cut off after %d bytes', (length) => {
    const encryption = createKeyEncryption(newKey());
    const { encryptionKeyId, sealed } = encryption.seal(secret, 'c');
    expect(() => encryption.open(encryptionKeyId, sealed.subarray(0, length), 'c')).toThrow(expect.objectContaining({ code: 'tampered' }));
  });

  it('says which encryption key is missing', () => {
    const { encryptionKeyId, sealed } = createKeyEncryption(newKey()).seal(secret, 'c');
    expect(() => createKeyEncryption(newKey()).open(encryptionKeyId, sealed, 'c')).toThrow(
      `stored private keys were sealed with an encryption key that is not configured (encryption key ${encryptionKeyId})`,
    );
  });

  it('opens with a previous key and seals with the current one', () => {
    const [before, after] = [newKey(), newKey()];
    const old = createKeyEncryption(before).seal(secret, 'c');
    const encryption = createKeyEncryption(after, [before]);
    expect(new Uint8Array(encryption.open(old.encryptionKeyId, old.sealed, 'c'))).toEqual(secret);
    expect(encryption.seal(secret, 'c').encryptionKeyId).toBe(encryption.currentKeyId);
    expect(encryption.currentKeyId).not.toBe(old.encryptionKeyId);
  });

  it.each(['', 'abc', randomBytes(31).toString('base64'), randomBytes(33).toString('base64'), randomBytes(32).toString('hex'), '*'.repeat(44)])('refuses %j for a key', (text) =>
    expect(KeyEncryptionKey.safeParse(text).success).toBe(false),
  );
});
