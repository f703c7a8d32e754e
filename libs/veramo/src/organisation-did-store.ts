import { publishedKeys } from '@anw/identity';
import type { OrganisationDidTable, SigningKeyTable, StoredDid } from '@anw/persistence';
import { Did } from '@anw/values';
import type { IIdentifier } from '@veramo/core-types';
import { AbstractDIDStore } from '@veramo/did-manager';
import { toManagedKey } from './vault-key-management.js';

/** Veramo's memory of DIDs, in our table; the keys of a DID are those of its organisation that are published. */
export class OrganisationDidStore extends AbstractDIDStore {
  constructor(
    private readonly dids: OrganisationDidTable,
    private readonly keys: SigningKeyTable,
  ) {
    super();
  }

  async importDID({ did, alias, provider, controllerKeyId }: IIdentifier): Promise<boolean> {
    await this.dids.saveDid({ did: Did.parse(did), alias: alias ?? did, provider, ...(controllerKeyId === undefined ? {} : { controllerKid: controllerKeyId }) });
    return true;
  }

  async getDID(where: { did?: string; alias?: string }): Promise<IIdentifier> {
    const [found] = await this.dids.findDids(where);
    if (found === undefined) throw new Error('not_found: no such DID');
    return this.toIdentifier(found);
  }

  async listDIDs(where: { alias?: string; provider?: string }): Promise<IIdentifier[]> {
    return Promise.all((await this.dids.findDids(where)).map((did) => this.toIdentifier(did)));
  }

  async deleteDID(): Promise<boolean> {
    throw new TypeError('a DID that others know is never deleted');
  }

  private async toIdentifier({ did, alias, provider, controllerKid }: StoredDid): Promise<IIdentifier> {
    const keys = publishedKeys(await this.keys.listKeys()).map(toManagedKey);
    return { did, alias, provider, keys, services: [], ...(controllerKid === undefined ? {} : { controllerKeyId: controllerKid }) };
  }
}
