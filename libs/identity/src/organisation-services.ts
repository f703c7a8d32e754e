import type { AnwServiceType } from './did-document.js';
import type { Organisation } from './organisation.js';

export interface OrganisationServiceFacts {
  readonly organisation: Pick<Organisation, 'name' | 'issuer'>;
  /** Base of the partner door, no trailing slash. */
  readonly partnerUrl: string;
  readonly servesFhir: boolean;
  /** Host of the system that connects for this organisation, when that is not the host of its DID (check 2). */
  readonly requestingSystem?: string;
}

/** What a partner needs to find in the DID document: the endpoints of one organisation at our partner door (design §6). */
export function organisationServices({ organisation, partnerUrl, servesFhir, requestingSystem }: OrganisationServiceFacts): readonly { readonly type: AnwServiceType; readonly serviceEndpoint: string }[] {
  return [
    { type: 'anw-oauth', serviceEndpoint: organisation.issuer },
    { type: 'anw-bolt', serviceEndpoint: `${partnerUrl}/anw/${organisation.name}` },
    { type: 'anw-notifications', serviceEndpoint: `${partnerUrl}/anw/${organisation.name}/notifications` },
    ...(servesFhir ? [{ type: 'anw-fhir', serviceEndpoint: `${partnerUrl}/fhir/${organisation.name}` } as const] : []),
    ...(requestingSystem === undefined ? [] : [{ type: 'anw-requesting-system', serviceEndpoint: requestingSystem } as const]),
  ];
}
