import { PublicKeyJwk, SigningKeyMissingError } from '@anw/identity';
import type { SigningKeyTable } from '@anw/persistence';
import { DidUrl } from '@anw/values';
import type { IKey, ManagedKeyInfo } from '@veramo/core-types';
import { AbstractKeyStore } from '@veramo/key-manager';
import { z } from 'zod';
import { toManagedKey } from './vault-key-management.js';

/** What travels through Veramo beside the key itself. */
export const KeyFacts = z.object({ publicKeyJwk: PublicKeyJwk, signFrom: z.date() });

/** Veramo's memory of keys, in our table. */
export class OrganisationKeyStore extends AbstractKeyStore {
  constructor(private readonly keys: SigningKeyTable) {
    super();
  }

  async importKey({ kid, kms, meta }: Partial<IKey>): Promise<boolean> {
    const { publicKeyJwk, signFrom } = KeyFacts.parse(meta);
    await this.keys.addKey({ kid: DidUrl.parse(kid), vault: z.string().parse(kms), publicKeyJwk, state: 'active', signFrom });
    return true;
  }

  async getKey({ kid }: { kid: string }): Promise<IKey> {
    const key = await this.keys.findKey(DidUrl.parse(kid));
    if (key === undefined) throw new SigningKeyMissingError();
    return toManagedKey(key);
  }

  /** Its row stays, as what once signed. */
  async deleteKey({ kid }: { kid: string }): Promise<boolean> {
    await this.keys.changeState(DidUrl.parse(kid), 'withdrawn');
    return true;
  }

  async listKeys(): Promise<ManagedKeyInfo[]> {
    return (await this.keys.listKeys()).map(toManagedKey);
  }
}
