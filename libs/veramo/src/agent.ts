import { OrganisationDidTable, SigningKeyTable, type Transaction } from '@anw/persistence';
import type { Did, DidUrl } from '@anw/values';
import { createAgent } from '@veramo/core';
import type { IDIDManager, IKeyManager } from '@veramo/core-types';
import { DIDManager } from '@veramo/did-manager';
import { WebDIDProvider } from '@veramo/did-provider-web';
import { KeyManager } from '@veramo/key-manager';
import type { KeyVault } from './key-vault.js';
import { OrganisationDidStore } from './organisation-did-store.js';
import { OrganisationKeyStore } from './organisation-key-store.js';
import { P256, VaultKeyManagement } from './vault-key-management.js';

const WEB = 'did:web';

export interface NewKey {
  readonly did: Did;
  readonly kid: DidUrl;
  readonly signFrom: Date;
}

/** Makes DIDs and keys of one organisation; all of it commits with the transaction. */
export interface IdentityAgent {
  createDid(key: NewKey): Promise<void>;
  addKey(key: NewKey): Promise<void>;
  deleteKey(kid: DidUrl): Promise<void>;
}

/** The Veramo agent (design D4) over our own stores and the organisation's key vault. */
export function createIdentityAgent(tx: Transaction, vault: KeyVault): IdentityAgent {
  const keys = new SigningKeyTable(tx);
  const agent = createAgent<IDIDManager & IKeyManager>({
    plugins: [
      new KeyManager({ store: new OrganisationKeyStore(keys), kms: { [vault.name]: new VaultKeyManagement(vault, keys) } }),
      new DIDManager({
        store: new OrganisationDidStore(new OrganisationDidTable(tx), keys),
        defaultProvider: WEB,
        providers: { [WEB]: new WebDIDProvider({ defaultKms: vault.name }) },
      }),
    ],
  });
  return {
    async createDid({ did, kid, signFrom }) {
      // Of a did:web the provider makes the DID from its alias.
      const alias = did.slice(`${WEB}:`.length);
      await agent.didManagerCreate({ provider: WEB, kms: vault.name, alias, options: { key: { type: P256, kid, meta: { signFrom } } } });
    },
    async addKey({ did, kid, signFrom }) {
      const key = await agent.keyManagerCreate({ kms: vault.name, type: P256, kid, meta: { signFrom } });
      await agent.didManagerAddKey({ did, key });
    },
    async deleteKey(kid) {
      await agent.keyManagerDelete({ kid });
    },
  };
}
