import { SigningKeyMissingError } from '@anw/identity';
import type { SigningKeyTable, StoredKey } from '@anw/persistence';
import { DidUrl } from '@anw/values';
import type { IKey, ManagedKeyInfo, TKeyType } from '@veramo/core-types';
import { AbstractKeyManagementSystem } from '@veramo/key-manager';
import type { KeyVault } from './key-vault.js';

/** The only key type of the bolt, in Veramo's words: P-256. */
export const P256: TKeyType = 'Secp256r1';

/** Veramo's key manager over a key vault. Keys are made here and sign; they come from nowhere else and do nothing else. */
export class VaultKeyManagement extends AbstractKeyManagementSystem {
  constructor(
    private readonly vault: KeyVault,
    private readonly keys: SigningKeyTable,
  ) {
    super();
  }

  async createKey({ type, kid }: { type: TKeyType; kid?: string }): Promise<ManagedKeyInfo> {
    if (type !== P256) throw new TypeError('keys of an organisation are P-256');
    const id = DidUrl.parse(kid);
    return toManagedKey({ kid: id, vault: this.vault.name, publicKeyJwk: await this.vault.createKey(id) });
  }

  /** ES256 in base64url, whatever `algorithm` is left out; any other is refused. */
  async sign({ keyRef, algorithm = 'ES256', data }: { keyRef: Pick<IKey, 'kid'>; algorithm?: string; data: Uint8Array }): Promise<string> {
    if (algorithm !== 'ES256') throw new TypeError('keys of an organisation sign ES256');
    const signer = await this.vault.openSigner(DidUrl.parse(keyRef.kid));
    return Buffer.from(await signer.sign(data)).toString('base64url');
  }

  async listKeys(): Promise<ManagedKeyInfo[]> {
    return (await this.keys.listKeys()).filter((key) => key.vault === this.vault.name).map(toManagedKey);
  }

  async deleteKey({ kid }: { kid: string }): Promise<boolean> {
    const id = DidUrl.parse(kid);
    if ((await this.keys.findKey(id)) === undefined) throw new SigningKeyMissingError();
    await this.vault.deleteKey(id);
    return true;
  }

  async importKey(): Promise<ManagedKeyInfo> {
    throw new TypeError('a private key that has been elsewhere is not taken in');
  }

  async sharedSecret(): Promise<string> {
    throw new TypeError('keys of an organisation sign, they agree on no secrets');
  }
}

/** A key in Veramo's words; the public key as uncompressed point in hexadecimal (SEC 1 §2.3.3). */
export function toManagedKey({ kid, vault, publicKeyJwk }: Pick<StoredKey, 'kid' | 'vault' | 'publicKeyJwk'>): ManagedKeyInfo {
  const coordinate = (value: string | undefined) => Buffer.from(value ?? '', 'base64url').toString('hex');
  return { kid, kms: vault, type: P256, publicKeyHex: `04${coordinate(publicKeyJwk.x)}${coordinate(publicKeyJwk.y)}`, meta: { algorithms: ['ES256'], publicKeyJwk } };
}
