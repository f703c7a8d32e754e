import type { DidUrl } from '@anw/values';
import type { PublishedDidDocument } from './create-did-document.js';
import type { Organisation } from './organisation.js';
import type { OrganisationKey } from './organisation-key.js';
import type { Signers } from './signing-key.js';

/** The identities of the organisations that this service acts for: their DIDs, their keys and what signs with them (design D4). */
export interface OrganisationIdentities extends Signers {
  /**
   * Makes an organisation with its DID and first key, in one transaction. A repeat with the same facts gives the same organisation.
   * @throws OrganisationConflictError when the name belongs to an organisation with other facts.
   */
  createOrganisation(facts: Pick<Organisation, 'name' | 'displayName' | 'city'>): Promise<Organisation>;
  /** What is served at the organisation's did.json. */
  didDocumentOf(organisation: Organisation): Promise<PublishedDidDocument>;
  listKeys(organisation: Organisation): Promise<readonly OrganisationKey[]>;
  /**
   * Publishes a new key at once and signs with it from `signFrom` on; by default after the hour for which partners may
   * keep a DID document. Keys that sign no more are retired.
   */
  rotateKey(organisation: Organisation, options?: { readonly signFrom?: Date }): Promise<OrganisationKey>;
  /**
   * Takes a key out of the DID document and destroys its private half, for one that leaked: all it signed becomes unverifiable.
   * @throws LastSigningKeyError when no other key could sign now; rotate first.
   */
  withdrawKey(organisation: Organisation, kid: DidUrl): Promise<void>;
  /** For readiness. @throws when stored private keys cannot be opened with the configured encryption keys. */
  assertUsable(): Promise<void>;
}

/** The name is taken by an organisation of which other facts are known. */
export class OrganisationConflictError extends Error {
  override readonly name = 'OrganisationConflictError';
  constructor() {
    super('an organisation of that name exists with another display name or city');
  }
}

/** The DID is not of one of our organisations, or no key of it may sign now. */
export class SigningKeyMissingError extends Error {
  override readonly name = 'SigningKeyMissingError';
  constructor() {
    super('no key that may sign for this DID');
  }
}

/** Withdrawing this key would leave the organisation unable to sign. */
export class LastSigningKeyError extends Error {
  override readonly name = 'LastSigningKeyError';
  constructor() {
    super('the only key that can sign now is not withdrawn; rotate first');
  }
}
