import { type AccessFailure, authenticateAccess } from '@anw/authorization';
import type { ANW_AUTHORIZATION_SCOPE, ANW_REGISSEUR_SCOPE } from '@anw/credentials';
import type { ClientCertificate, Organisation } from '@anw/identity';
import { AccessTokenTable, AuditLogTable, Database, type OrganisationDirectory } from '@anw/persistence';
import { clientCertificateOf, CLOCK, ProblemError } from '@anw/platform';
import { type Clock, type Did, OrganisationName } from '@anw/values';
import { createParamDecorator, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { randomUUID } from 'node:crypto';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';

export interface PartnerRequest {
  /** The `{org}` of the path, not read yet. */
  readonly org: string;
  /** The `Authorization` header. */
  readonly authorization: string | undefined;
  readonly certificate: ClientCertificate | undefined;
  /** The request's own: what a refusal is found by in the log. */
  readonly reference: string;
}

/** What `PartnerAccess` needs of a request below `/anw/{org}`: `@PartnerCall() call: PartnerRequest`. */
export const PartnerCall = createParamDecorator((_data: unknown, context: ExecutionContext): PartnerRequest => {
  const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { org: string } }>>();
  const { headers, params, raw, id } = request;
  return { org: params.org, authorization: headers.authorization, certificate: clientCertificateOf(raw.socket, new Date()), reference: id };
});

/** A partner that was let in, and whose door it stands at. */
export interface AdmittedPartner {
  readonly organisation: Organisation;
  readonly client: Did;
}

/** Lets a partner organisation in with its access token; who is turned away is in the log (design D15). */
@Injectable()
export class PartnerAccess {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws ProblemError `not-found`, `unauthenticated` or `forbidden` */
  async admit({ org, authorization, certificate, reference }: PartnerRequest, scope: typeof ANW_REGISSEUR_SCOPE | typeof ANW_AUTHORIZATION_SCOPE): Promise<AdmittedPartner> {
    const name = OrganisationName.safeParse(org);
    const organisation = name.success ? await this.directory.findByName(name.data) : undefined;
    if (organisation === undefined) throw new ProblemError('not-found');
    const access = await this.database.withOrganisation(organisation.id, (tx) => {
      const tokens = new AccessTokenTable(tx);
      return authenticateAccess({ authorization, certificate, scope }, { findToken: (hash) => tokens.findToken(hash), clock: this.clock });
    });
    if (!access.authenticated) return this.turnAway(organisation, access.failure, { certificate, reference });
    if (access.token.facts.kind !== 'organisation-access') return this.turnAway(organisation, 'token-of-another-scope', { certificate, reference });
    return { organisation, client: access.token.facts.client };
  }

  private async turnAway(organisation: Organisation, reason: AccessFailure, { certificate, reference }: Pick<PartnerRequest, 'certificate' | 'reference'>): Promise<never> {
    await this.database.withOrganisation(organisation.id, (tx) =>
      new AuditLogTable(tx).append({
        id: randomUUID(),
        name: 'request.refused',
        outcome: 'serious-failure',
        at: this.clock(),
        reason,
        reference,
        ...(certificate && { requestingSystem: certificate.hosts[0] ?? certificate.thumbprint }),
      }),
    );
    throw new ProblemError(reason === 'token-of-another-scope' ? 'forbidden' : 'unauthenticated');
  }
}
