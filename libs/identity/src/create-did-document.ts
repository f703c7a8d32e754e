import type { Did, DidUrl } from '@anw/values';
import type { AnwServiceType, DidDocument, DidService } from './did-document.js';
import { type OrganisationKey, publishedKeys } from './organisation-key.js';

const contexts = ['https://www.w3.org/ns/did/v1', 'https://w3c-ccg.github.io/lds-jws2020/contexts/lds-jws2020-v1.json'];

export interface DidDocumentFacts {
  readonly did: Did;
  /** In the order in which the document names them, but active keys before retired ones; withdrawn keys are left out. */
  readonly keys: readonly Pick<OrganisationKey, 'kid' | 'publicKeyJwk' | 'state'>[];
  readonly services: readonly { readonly type: AnwServiceType; readonly serviceEndpoint: string }[];
}

/** A DID document as we publish it: the relationships that we promise to list, all ids absolute. */
export type PublishedDidDocument = DidDocument & {
  readonly '@context': readonly string[];
  readonly authentication: readonly DidUrl[];
  readonly capabilityInvocation: readonly DidUrl[];
  readonly capabilityDelegation: readonly DidUrl[];
};

/** The DID document of one of our organisations, in the shape that a nuts-node serves and reads (spec nuts-protocols §1.2). */
export function createDidDocument({ did, keys, services }: DidDocumentFacts): PublishedDidDocument {
  const published = publishedKeys(keys);
  const kids = published.map((key) => key.kid);
  return {
    '@context': contexts,
    id: did,
    verificationMethod: published.map((key) => ({ id: key.kid, type: 'JsonWebKey2020', controller: did, publicKeyJwk: publicMembers(key.publicKeyJwk) })),
    assertionMethod: kids,
    authentication: kids,
    capabilityInvocation: kids,
    capabilityDelegation: kids,
    service: services.map((service): DidService => ({ id: `${did}#${service.type}`, ...service })),
  };
}

/** Named one by one, so that a private member can never slip out. */
function publicMembers({ kty, crv, x, y }: OrganisationKey['publicKeyJwk']): OrganisationKey['publicKeyJwk'] {
  return { kty, crv, x, y };
}
