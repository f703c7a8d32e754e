import { type AccessFailure, authenticateAccess } from '@anw/authorization';
import { ANW_AUTHORIZATION_SCOPE } from '@anw/credentials';
import type { ClientCertificate } from '@anw/identity';
import { AccessTokenTable, AuditLogTable, Database } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import type { Clock, Did } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import type { Regisseur } from '../core/regisseurs.js';

export interface PresentedToken {
  readonly authorization: string | undefined;
  readonly certificate: ClientCertificate | undefined;
  /** Reference of the request: what a refusal is found by in the log. */
  readonly reference: string;
}

/** Lets in an actor that comes for an authorization: a token of that scope, bound to the certificate that it shows. */
@Injectable()
export class ActorAccess {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Answers which actor this is. @throws ProblemError `unauthenticated` or `forbidden`, after a row in the log */
  async authenticate(regisseur: Regisseur, { authorization, certificate, reference }: PresentedToken): Promise<Did> {
    const access = await authenticateAccess(
      { authorization, certificate, scope: ANW_AUTHORIZATION_SCOPE },
      { clock: this.clock, findToken: (hash) => this.database.withOrganisation(regisseur.organisation.id, (tx) => new AccessTokenTable(tx).findToken(hash)) },
    );
    if (access.authenticated && access.token.facts.kind === 'organisation-access') return access.token.facts.client;
    const failure: AccessFailure = access.authenticated ? 'token-of-another-scope' : access.failure;
    await this.logRefusal(regisseur, failure, { certificate, reference });
    throw new ProblemError(failure === 'token-of-another-scope' ? 'forbidden' : 'unauthenticated');
  }

  private async logRefusal({ organisation }: Regisseur, reason: AccessFailure, { certificate, reference }: Pick<PresentedToken, 'certificate' | 'reference'>): Promise<void> {
    const row = { id: randomUUID(), name: 'request.refused', outcome: 'minor-failure', at: this.clock(), regisseur: organisation.did, reason, reference } as const;
    const requestingSystem = certificate?.hosts[0] ?? certificate?.thumbprint;
    await this.database.withOrganisation(organisation.id, (tx) => new AuditLogTable(tx).append({ ...row, ...(requestingSystem && { requestingSystem }) }));
  }
}
