import {
  createDidDocument,
  createDidWeb,
  currentSigningKey,
  LastSigningKeyError,
  type Organisation,
  OrganisationConflictError,
  type OrganisationIdentities,
  type OrganisationKey,
  organisationServices,
  SigningKeyMissingError,
} from '@anw/identity';
import { createOrganisationDirectory, type Database, OrganisationTable, sampleSealedKeys, SigningKeyTable, type Transaction } from '@anw/persistence';
import { type Clock, type Did, DidUrl, OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { IdentityAgent } from './agent.js';
import type { KeyEncryption } from './key-encryption.js';
import type { KeyVault, OpenKeyVault } from './key-vault.js';
import { createSealedKeyVault, resealKeys, sealContext } from './sealed-key-vault.js';
import { createSignerCache } from './signer-cache.js';

export interface OrganisationIdentitiesConfig {
  readonly database: Database;
  readonly encryption: KeyEncryption;
  /** Base of the partner door, for example `https://custodian.example` or with a port; its host becomes part of every DID. */
  readonly partnerUrl: string;
  readonly servesFhir: boolean;
  /** Host of the system that connects for these organisations, when that is not the host of their DIDs (check 2). */
  readonly requestingSystem?: string;
  readonly clock: Clock;
  /** Where new keys are kept; encrypted in the database unless said otherwise. */
  readonly openKeyVault?: OpenKeyVault;
}

/** Adds what only the operator's tools need. */
export interface ManagedOrganisationIdentities extends OrganisationIdentities {
  /** Seals every private key with the current encryption key, after which a previous one can go; gives the number of keys. */
  resealKeys(): Promise<number>;
}

/** Partners may keep a DID document for an hour (spec nuts-protocols §1.2): a new key signs after that. */
const PUBLICATION_MILLISECONDS = 3_600_000;

export function createOrganisationIdentities(config: OrganisationIdentitiesConfig): ManagedOrganisationIdentities {
  const { database, encryption, clock } = config;
  const partnerUrl = config.partnerUrl.replace(/\/$/, '');
  const openKeyVault = config.openKeyVault ?? ((tx: Transaction): KeyVault => createSealedKeyVault(tx, encryption));
  const directory = createOrganisationDirectory(database);
  const signers = createSignerCache(clock, async (did, current) => {
    const { id } = await requireOrganisation(did);
    return database.withOrganisation(id, async (tx) => {
      const key = currentSigningKey(await new SigningKeyTable(tx).listKeys(), clock());
      if (key === undefined) throw new SigningKeyMissingError();
      return key.kid === current?.kid ? current : openKeyVault(tx).openSigner(key.kid);
    });
  });

  async function requireOrganisation(did: Did): Promise<Organisation> {
    const organisation = await directory.findByDid(did);
    if (organisation === undefined) throw new SigningKeyMissingError();
    return organisation;
  }

  async function addOrganisation(facts: Pick<Organisation, 'name' | 'displayName' | 'city'>): Promise<Organisation> {
    const id = OrganisationId.parse(randomUUID());
    const organisation: Organisation = { id, ...facts, did: didOfOrganisation(partnerUrl, id), issuer: `${partnerUrl}/oauth2/${facts.name}` };
    await database.withOrganisation(id, async (tx) => {
      await new OrganisationTable(tx).addOrganisation(organisation);
      const agent = await openAgent(tx, openKeyVault(tx));
      await agent.createDid({ did: organisation.did, kid: newKid(organisation.did), signFrom: clock() });
    });
    return organisation;
  }

  function listKeys({ id }: Organisation): Promise<readonly OrganisationKey[]> {
    return database.withOrganisation(id, (tx) => new SigningKeyTable(tx).listKeys());
  }

  return {
    async createOrganisation({ name, displayName, city }) {
      const existing = (await directory.findByName(name)) ?? (await addOrganisation({ name, displayName, city }).catch((error: unknown) => foundMeanwhile(error, () => directory.findByName(name))));
      if (existing.displayName !== displayName || existing.city !== city) throw new OrganisationConflictError();
      return existing;
    },

    signerFor: (did) => signers.signerFor(did),

    async didDocumentOf(organisation) {
      const keys = await listKeys(organisation);
      return createDidDocument({ did: organisation.did, keys, services: organisationServices({ ...config, partnerUrl, organisation }) });
    },

    listKeys,

    async rotateKey({ id, did }, { signFrom = new Date(clock().getTime() + PUBLICATION_MILLISECONDS) } = {}) {
      const added = await database.withOrganisation(id, async (tx) => {
        const keys = new SigningKeyTable(tx);
        await keys.lockKeys();
        const kid = newKid(did);
        await (await openAgent(tx, openKeyVault(tx))).addKey({ did, kid, signFrom });
        await retireAllBut(keys, kid, clock());
        return keys.findKey(kid);
      });
      signers.forget(did);
      return added!;
    },

    async withdrawKey({ id, did }, kid) {
      await database.withOrganisation(id, async (tx) => {
        const keys = new SigningKeyTable(tx);
        await keys.lockKeys();
        const others = (await keys.listKeys()).filter((key) => key.kid !== kid);
        if (currentSigningKey(others, clock()) === undefined) throw new LastSigningKeyError();
        await (await openAgent(tx, openKeyVault(tx))).deleteKey(kid);
      });
      signers.forget(did);
    },

    async assertUsable() {
      const samples = await database.acrossOrganisations(sampleSealedKeys);
      for (const { organisation, kid, encryptionKeyId, sealed } of samples) encryption.open(encryptionKeyId, sealed, sealContext(organisation, kid));
    },

    async resealKeys() {
      let count = 0;
      for (const { id } of await directory.listOrganisations()) {
        const resealed = await database.withOrganisation(id, (tx) => resealKeys(tx, encryption));
        count += resealed;
      }
      return count;
    },
  };
}

/** Veramo is loaded when an identity is made or changed: signing and serving need nothing of it, and it is large. */
async function openAgent(tx: Transaction, vault: KeyVault): Promise<IdentityAgent> {
  const { createIdentityAgent } = await import('./agent.js');
  return createIdentityAgent(tx, vault);
}

/** The key that signs now goes on until the new one takes over; those before them sign no more. */
async function retireAllBut(keys: SigningKeyTable, added: DidUrl, now: Date): Promise<void> {
  const all = await keys.listKeys();
  const current = currentSigningKey(all, now)?.kid;
  for (const { kid } of all.filter(({ kid, state }) => state === 'active' && kid !== added && kid !== current)) await keys.changeState(kid, 'retired');
}

/** Two requests, or two processes, that make the same organisation at once: the unique name lets one through. */
async function foundMeanwhile(error: unknown, find: () => Promise<Organisation | undefined>): Promise<Organisation> {
  const organisation = isUniqueViolation(error) ? await find() : undefined;
  if (organisation === undefined) throw error;
  return organisation;
}

function isUniqueViolation(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === '23505';
}

function didOfOrganisation(partnerUrl: string, id: OrganisationId): Did {
  const { hostname, port, pathname } = new URL(partnerUrl);
  const base = pathname.split('/').filter((segment) => segment !== '');
  return createDidWeb({ host: hostname, ...(port === '' ? {} : { port: Number(port) }), path: [...base, 'iam', id] });
}

function newKid(did: Did): DidUrl {
  return DidUrl.parse(`${did}#${randomUUID()}`);
}
