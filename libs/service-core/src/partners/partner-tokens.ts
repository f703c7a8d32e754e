import { createDiscoveryCache, createServerNonces, fetchWithToken, type ObtainedToken, type OrganisationScope, requestAccessToken, TokenCache, type TokenKey } from '@anw/authorization';
import type { Organisation, OrganisationIdentities, Signer } from '@anw/identity';
import type { OutboundFetch, OutboundRequest } from '@anw/outbound';
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
  readonly scope: OrganisationScope['name'];
}

/** What a partner is asked. */
export type PartnerQuestion = OutboundRequest & { readonly headers: Readonly<Record<string, string>> };

/** Access tokens that our organisations hold at partners, in memory, and the requests that are made with them. */
@Injectable()
export class PartnerTokens {
  private readonly tokens: TokenCache;
  private readonly discovery;
  private readonly serverNonces = createServerNonces();

  constructor(
    @Inject(OUTBOUND_FETCH) private readonly fetch: OutboundFetch,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    this.tokens = new TokenCache({ clock, maxEntries: 1_000 });
    this.discovery = createDiscoveryCache({ clock, maxAgeSeconds: 300, maxEntries: 1_000 });
  }

  /**
   * Asks a partner at its own door with the token kept for this errand, or a new one. A token may end before its time, as
   * when the partner restarts with another key: after a 401 it is asked once more, with a new one.
   * @throws TokenClientError, OutboundError
   */
  async ask(errand: PartnerErrand, url: string, question: PartnerQuestion): Promise<Response> {
    const answer = await this.send(errand, url, question);
    if (answer.status !== 401) return answer;
    this.tokens.drop(keyOf(errand));
    return this.send(errand, url, question);
  }

  private async send(errand: PartnerErrand, url: string, question: PartnerQuestion): Promise<Response> {
    const signer = await this.identities.signerFor(errand.organisation.did);
    const token = await this.tokens.tokenFor(keyOf(errand), signer, () => this.obtain(errand, signer));
    return fetchWithToken<PartnerQuestion, Response>(this.fetch, { token, serverNonces: this.serverNonces, clock: this.clock })(url, question);
  }

  private async obtain({ organisation, authorizationServer, scope }: PartnerErrand, signer: Signer): Promise<ObtainedToken> {
    const credentials = [await ownOrganizationCredential(organisation, signer, this.clock())];
    const { fetch, clock, discovery, serverNonces } = this;
    return requestAccessToken({ fetch, signer, clientId: organisation.issuer, clock, authorizationServer, scope, credentials, discovery, serverNonces });
  }
}

function keyOf({ organisation, authorizationServer, scope }: PartnerErrand): TokenKey {
  return { authorization: `${scope} ${authorizationServer}`, user: organisation.did };
}
