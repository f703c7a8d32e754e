import { type AccessChallenge, type AccessFailure, type AccessSettings, type AccessToken, authenticateAccess, type DpopNonces, type KeptRefusal, type OrganisationScope } from '@anw/authorization';
import type { ClientCertificate, Organisation } from '@anw/identity';
import { AccessTokenTable, AuditLogTable, Database, DpopReplayTable, type OrganisationDirectory } from '@anw/persistence';
import { clientCertificateOf, CLOCK, pathOf, ProblemError } from '@anw/platform';
import type { Clock, Did } from '@anw/values';
import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { AccessSettingsSource } from '../access/access-settings-source.js';
import { requireOrganisation } from '../identity/find-organisation.js';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';
import { DPOP_NONCES, OfferedScopes } from '../tokens.js';
import { AnonymousRefusalsByOrganisation } from './anonymous-refusals-by-organisation.js';
import { PARTNER_URL } from './partner-url.js';

export interface PartnerRequest {
  /** The `{org}` of the path, not read yet. */
  readonly org: string;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  /** The `DPoP` header. */
  readonly proof: string | undefined;
  readonly method: string;
  /** As in the request line: path and query. */
  readonly target: string;
  readonly certificate: ClientCertificate | undefined;
  /** The request's own: what a refusal is found by in the log. */
  readonly reference: string;
}

/** What `PartnerAccess` needs of a request below `/anw/{org}`: `@PartnerCall() call: PartnerRequest`. */
export const PartnerCall = createParamDecorator(async (_data: unknown, context: ExecutionContext): Promise<PartnerRequest> => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { org: string } }>>();
  const { headers, params, raw, id } = request;
  const { dpop } = headers;
  const proof = typeof dpop === 'string' ? dpop : undefined;
  return { org: params.org, authorization: headers.authorization, proof, method: request.method, target: raw.url ?? '', certificate: await clientCertificateOf(request), reference: id };
});

/** A partner that was let in, and whose door it stands at. */
export interface AdmittedPartner {
  readonly organisation: Organisation;
  readonly client: Did;
}

/** Lets a partner organisation in with its access token; who is turned away is in the log (design D15), strangers who come by the hundred under one row. */
@Injectable()
export class PartnerAccess {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(OfferedScopes) private readonly scopes: OfferedScopes,
    @Inject(DPOP_NONCES) private readonly nonces: DpopNonces,
    @Inject(AnonymousRefusalsByOrganisation) private readonly anonymous: AnonymousRefusalsByOrganisation,
    @Inject(PARTNER_URL) private readonly door: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `not-found`, `unauthenticated` or `forbidden` */
  async admit(request: PartnerRequest, scope: OrganisationScope['name']): Promise<AdmittedPartner> {
    const { org, authorization, proof, method, target, certificate } = request;
    const organisation = await requireOrganisation(this.directory, org);
    const settings = await this.settings.settingsOf(organisation);
    const { dpopNonce: nonceNeeded } = settings;
    const presented = { authorization, proof, request: { method, url: this.door + target }, certificate, scope };
    const access = await this.database.withOrganisation(organisation.id, (tx) => {
      const tokens = new AccessTokenTable(tx);
      return authenticateAccess(presented, { findToken: (hash) => tokens.findToken(hash), replays: new DpopReplayTable(tx), nonces: this.nonces, nonceNeeded, clock: this.clock });
    });
    const { token } = access;
    if (!access.authenticated) return this.turnAway(organisation, access.failure, request, { token, challenge: access.challenge });
    const { facts } = access.token;
    if (facts.kind !== 'organisation-access') return this.turnAway(organisation, 'token-of-another-scope', request, { token });
    if (!(await this.mayStillUse(scope, facts.client, organisation, settings))) return this.turnAway(organisation, 'scope-no-longer-granted', request, { token });
    return { organisation, client: facts.client };
  }

  /** "Every use re-checks" (design D9): what a token was granted on has to be so now. */
  private async mayStillUse(name: OrganisationScope['name'], client: Did, organisation: Organisation, settings: AccessSettings): Promise<boolean> {
    const offered = this.scopes.scopesOf(organisation, settings).find((scope): scope is OrganisationScope => scope.name === name);
    return offered !== undefined && offered.mayUse(client, this.clock());
  }

  private async turnAway(organisation: Organisation, reason: AccessFailure | 'scope-no-longer-granted', request: PartnerRequest, { token, challenge }: TurnedAway): Promise<never> {
    const { certificate, method, target } = request;
    const at = this.clock();
    const { reference, write }: KeptRefusal = token === undefined ? this.anonymous.of(organisation.id).keep(`partner ${reason}`, request.reference, at) : { reference: request.reference, write: true };
    if (write) {
      await this.database.withOrganisation(organisation.id, (tx) =>
        new AuditLogTable(tx).append({
          id: randomUUID(),
          name: 'request.refused',
          outcome: 'serious-failure',
          at,
          reason,
          reference,
          query: `${method} ${pathOf(target)}`,
          ...(token && { actor: whoseToken(token), token: token.decision }),
          ...(certificate && { requestingSystem: certificate.hosts[0] ?? certificate.thumbprint }),
        }),
      );
    }
    if (reason === 'token-of-another-scope' || reason === 'scope-no-longer-granted') throw new ProblemError('forbidden', { reference });
    throw new ProblemError('unauthenticated', { reference, ...(challenge && { headers: { ...challenge } }) });
  }
}

/** What is known of somebody who was turned away. */
interface TurnedAway {
  readonly token?: AccessToken | undefined;
  readonly challenge?: AccessChallenge;
}

function whoseToken({ facts }: AccessToken): Did {
  return facts.kind === 'organisation-access' ? facts.client : facts.actor;
}
