import type { LaunchedSession, LaunchInput } from '@anw/api-contracts';
import type { Organisation, StaffUser } from '@anw/identity';
import { AuditLogTable, Database, type LaunchClient, LaunchClientTable, LaunchCodeTable, type OrganisationDirectory } from '@anw/persistence';
import { assuranceLevelOf, CLOCK, createBearerSession, type OidcSettings, ProblemError, ServiceLogger, SESSION_MAX_MILLISECONDS, StaffSessions } from '@anw/platform';
import { ORGANISATION_DIRECTORY } from '@anw/service-core';
import type { Clock, OrganisationName } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { NURSE_ROLE } from '../staff-door/nurse-role.js';
import { type ClientCredentials, createClientSecret, hashClientSecret, isClientSecret } from '@anw/service-core';

/** Long enough to load a page, short enough to be of no use in a log. */
export const LAUNCH_CODE_SECONDS = 60;
/** Clocks of two systems are a few seconds apart. */
const CLOCK_SKEW_MILLISECONDS = 60_000;
/** As it is told to custodians: she logged in at her organisation's ECD. */
export const LAUNCH_MEANS = 'ehr-launch';
/** `OidcSettings`, of which the levels of `acr` values count here too. */
export const LAUNCH_ACR_LEVELS = Symbol('acr levels of a launch');

const CODE_IS_OVER = 'Deze pagina is verlopen. Open haar opnieuw vanuit uw ECD.';

/** A nurse's pages within her organisation's own care record system: from its word about who she is to a session of hers. */
@Injectable()
export class Launches {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(StaffSessions) private readonly sessions: StaffSessions,
    @Inject(LAUNCH_ACR_LEVELS) private readonly acrLevels: OidcSettings['acrLevels'],
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  /** Who asks, if it is a launch client of this organisation. @throws ProblemError `unauthenticated` */
  async admit(organisation: Organisation, credentials: ClientCredentials | undefined, reference: string): Promise<LaunchClient> {
    const client = credentials && z.uuid().safeParse(credentials.id).success && (await this.database.withOrganisation(organisation.id, (tx) => new LaunchClientTable(tx).findClient(credentials.id)));
    if (client && isClientSecret(credentials!.secret, client.secretHash)) return client;
    this.logger.warn('launch refused', { organisation: organisation.name, reason: client ? 'secret-wrong' : 'client-unknown', reference });
    if (client) await this.logRefusal(organisation, client, reference);
    throw new ProblemError('unauthenticated', { headers: { 'www-authenticate': 'Basic realm="launch", charset="UTF-8"' } });
  }

  /**
   * A one-time code for the person that the client vouches for.
   * @throws ProblemError `not-acceptable` when she logged in too long ago, or in time to come
   */
  async prepare(organisation: Organisation, client: LaunchClient, { user, visit }: LaunchInput): Promise<{ readonly code: string; readonly expiresAt: Date }> {
    const now = this.clock();
    const authenticatedAt = believableLogin(new Date(user.authenticatedAt), now);
    const code = createClientSecret();
    const expiresAt = new Date(now.getTime() + LAUNCH_CODE_SECONDS * 1000);
    const nurse: StaffUser = {
      identifier: user.identifier,
      name: user.name,
      roleName: user.roleName,
      roles: [NURSE_ROLE],
      assuranceLevel: assuranceLevelOf(user.acr, this.acrLevels),
      authenticatedAt,
      means: LAUNCH_MEANS,
      organisation: organisation.name,
      organisationId: organisation.id,
    };
    await this.database.withOrganisation(organisation.id, (tx) => new LaunchCodeTable(tx).addLaunch({ hash: hashClientSecret(code), client: client.id, user: nurse, visit, expiresAt }));
    return { code, expiresAt };
  }

  /**
   * Her session, once. It ends as any other does, and no later than her login at the ECD may.
   * @throws ProblemError `unauthenticated` when the code was used, is over, or was never given for this organisation
   */
  async exchange(name: OrganisationName, code: string): Promise<LaunchedSession> {
    const organisation = await this.directory.findByName(name);
    const now = this.clock();
    const launch = organisation && (await this.database.withOrganisation(organisation.id, (tx) => new LaunchCodeTable(tx).takeLaunch(hashClientSecret(code), now)));
    if (launch === undefined) throw new ProblemError('unauthenticated', { detail: CODE_IS_OVER });
    const { token, session } = createBearerSession(launch.user, now);
    await this.sessions.open(session, `launch by ${launch.client}`);
    return { token, expiresAt: session.expiresAt.toISOString(), ...(launch.visit !== undefined && { visit: launch.visit }) };
  }

  /** The origins whose pages may show this organisation's in a frame. */
  async originsOf(name: OrganisationName): Promise<readonly string[]> {
    const organisation = await this.directory.findByName(name);
    if (organisation === undefined) return [];
    const clients = await this.database.withOrganisation(organisation.id, (tx) => new LaunchClientTable(tx).listClients());
    return [...new Set(clients.flatMap(({ origins }) => origins))];
  }

  private async logRefusal({ id, did }: Organisation, client: LaunchClient, reference: string): Promise<void> {
    await this.database.withOrganisation(id, (tx) =>
      new AuditLogTable(tx).append({ id: randomUUID(), name: 'user.login-refused', outcome: 'minor-failure', at: this.clock(), actor: did, reason: 'launch-secret-wrong', query: `launch by ${client.id}`, reference }),
    );
  }
}

function believableLogin(authenticatedAt: Date, now: Date): Date {
  const age = now.getTime() - authenticatedAt.getTime();
  if (age < -CLOCK_SKEW_MILLISECONDS) throw new ProblemError('not-acceptable', { detail: 'authenticatedAt lies in the future.' });
  if (age >= SESSION_MAX_MILLISECONDS) throw new ProblemError('not-acceptable', { detail: 'authenticatedAt is more than twelve hours ago: the user has to log in again.' });
  return new Date(Math.min(authenticatedAt.getTime(), now.getTime()));
}
