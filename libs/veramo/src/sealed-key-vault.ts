import { createLocalSigner, PublicKeyJwk, SigningKeyMissingError } from '@anw/identity';
import { SealedKeyTable, type Transaction } from '@anw/persistence';
import type { DidUrl, OrganisationId } from '@anw/values';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { KeyEncryption } from './key-encryption.js';
import type { KeyVault } from './key-vault.js';

/** Private keys in our own database, encrypted with a key from the environment. */
export function createSealedKeyVault(tx: Transaction, encryption: KeyEncryption): KeyVault {
  const table = new SealedKeyTable(tx);
  return {
    name: 'sealed',
    async createKey(kid) {
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const secret = privateKey.export({ format: 'der', type: 'pkcs8' });
      await table.addSealedKey({ kid, ...encryption.seal(secret, sealContext(tx.organisation, kid)) });
      secret.fill(0);
      return PublicKeyJwk.parse(publicKey.export({ format: 'jwk' }));
    },
    async openSigner(kid) {
      const stored = await table.findSealedKey(kid);
      if (stored === undefined) throw new SigningKeyMissingError();
      const secret = Buffer.from(encryption.open(stored.encryptionKeyId, stored.sealed, sealContext(tx.organisation, kid)));
      const privateKey = createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' });
      secret.fill(0);
      return createLocalSigner(kid, privateKey);
    },
    deleteKey: (kid) => table.deleteSealedKey(kid),
  };
}

/** Binds a sealed key to its row: moved to another organisation or key id, it does not open. */
export function sealContext(organisation: OrganisationId, kid: DidUrl): string {
  return `${organisation} ${kid}`;
}

/** Seals with the current encryption key what a previous one still holds; gives the number of keys. */
export async function resealKeys(tx: Transaction, encryption: KeyEncryption): Promise<number> {
  const table = new SealedKeyTable(tx);
  const outdated = (await table.listSealedKeys()).filter((key) => key.encryptionKeyId !== encryption.currentKeyId);
  for (const { kid, encryptionKeyId, sealed } of outdated) {
    const context = sealContext(tx.organisation, kid);
    await table.replaceSealedKey({ kid, ...encryption.seal(encryption.open(encryptionKeyId, sealed, context), context) });
  }
  return outdated.length;
}
