import { ANW_AUTHORIZATION_SCOPE } from '@anw/credentials';
import { type DidResolver, type Organisation, parseStrictJson, serviceEndpoint } from '@anw/identity';
import { DID_RESOLVER, PartnerTokens } from '@anw/service-core';
import type { Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';

const MAX_DELIVERY_BYTES = 128 * 1024;

/** The regisseur did not hand over what it offered; another attempt may succeed. */
export class RegisseurDoorError extends Error {
  override readonly name = 'RegisseurDoorError';
  constructor(readonly code: 'no-endpoint' | 'elsewhere' | `http-${number}`) {
    super(`offered authorization could not be pulled: ${code}`);
  }
}

/** The partner door of a regisseur, where offered authorizations are pulled with a token of the actor's own. */
@Injectable()
export class RegisseurDoor {
  constructor(
    @Inject(DID_RESOLVER) private readonly resolver: DidResolver,
    @Inject(PartnerTokens) private readonly tokens: PartnerTokens,
  ) {}

  /** What the regisseur holds at `href`, not trusted yet. @throws RegisseurDoorError, TokenClientError, OutboundError, DidResolutionError */
  async fetchDelivery(href: string, regisseur: Did, organisation: Organisation): Promise<unknown> {
    const document = await this.resolver.resolve(regisseur);
    const authorizationServer = serviceEndpoint(document, 'anw-oauth');
    const bolt = serviceEndpoint(document, 'anw-bolt');
    if (authorizationServer === undefined || bolt === undefined) throw new RegisseurDoorError('no-endpoint');
    // The token goes to the regisseur's own door and nowhere else, whatever the notification says.
    if (!href.startsWith(`${bolt}/`)) throw new RegisseurDoorError('elsewhere');
    const errand = { organisation, authorizationServer, scope: ANW_AUTHORIZATION_SCOPE } as const;
    const response = await this.tokens.ask(errand, href, { headers: { accept: 'application/json' }, maxResponseBytes: MAX_DELIVERY_BYTES });
    // Not there (any more): an empty delivery is refused as malformed, and the regisseur is told so.
    if (response.status === 404) return undefined;
    if (response.status !== 200) throw new RegisseurDoorError(`http-${response.status}`);
    return parseStrictJson(await response.text());
  }
}
