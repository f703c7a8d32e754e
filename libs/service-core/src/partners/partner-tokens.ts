import { createDiscoveryCache, type ObtainedToken, requestAccessToken, TokenCache, type TokenKey } from '@anw/authorization';
import type { ANW_AUTHORIZATION_SCOPE, ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import type { Organisation, OrganisationIdentities } from '@anw/identity';
import type { OutboundFetch } from '@anw/outbound';
import { CLOCK } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';
import { OUTBOUND_FETCH } from '../tokens.js';
import { ownOrganizationCredential } from './own-organization-credential.js';

/** What an organisation of ours wants to do at a partner, for itself and without a person. */
export interface PartnerErrand {
  readonly organisation: Organisation;
  /** OAuth issuer of the partner. */
  readonly authorizationServer: string;
  readonly scope: typeof ANW_REGISSEUR_SCOPE | typeof ANW_AUTHORIZATION_SCOPE;
}

/** Access tokens that our organisations hold at partners, in memory. */
@Injectable()
export class PartnerTokens {
  private readonly tokens: TokenCache;
  private readonly discovery;

  constructor(
    @Inject(OUTBOUND_FETCH) private readonly fetch: OutboundFetch,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tokens = new TokenCache({ clock, maxEntries: 1_000 });
    this.discovery = createDiscoveryCache({ clock, maxAgeSeconds: 300, maxEntries: 1_000 });
  }

  /** The token kept for this errand, or a new one. @throws TokenClientError */
  tokenFor(errand: PartnerErrand): Promise<ObtainedToken> {
    return this.tokens.tokenFor(keyOf(errand), () => this.obtain(errand));
  }

  /** After a 401: the next call brings a new one. */
  drop(errand: PartnerErrand): void {
    this.tokens.drop(keyOf(errand));
  }

  private async obtain({ organisation, authorizationServer, scope }: PartnerErrand): Promise<ObtainedToken> {
    const signer = await this.identities.signerFor(organisation.did);
    const credentials = [await ownOrganizationCredential(organisation, signer, this.clock())];
    return requestAccessToken({ fetch: this.fetch, signer, clock: this.clock, authorizationServer, scope, credentials, discovery: this.discovery });
  }
}

function keyOf({ organisation, authorizationServer, scope }: PartnerErrand): TokenKey {
  return { authorization: `${scope} ${authorizationServer}`, user: organisation.did };
}
