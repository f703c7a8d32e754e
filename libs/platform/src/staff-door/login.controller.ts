import { StaffMe } from '@anw/api-contracts';
import type { Session, StaffUser } from '@anw/identity';
import { type Clock, OrganisationName } from '@anw/values';
import { Controller, Get, Header, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error.js';
import { ServiceLogger } from '../logging/service-logger.js';
import { Documented } from '../openapi/documented.decorator.js';
import { CLOCK } from '../service/clock.js';
import { CurrentSession } from './current-user.decorator.js';
import { decodeLoginAttempt, encodeLoginAttempt, LOGIN_ATTEMPT_SECONDS, loginAttemptCookieName, safeReturnPath } from './login-attempt.js';
import { newSession } from './new-session.js';
import { OidcClient } from './oidc-client.js';
import { type LoginFacts, LoginClaimsError, readClaims } from './read-claims.js';
import { createSessionSecret, hashSessionSecret, readCookie, serializeCookie, SESSION_IDLE_MILLISECONDS, SESSION_MAX_MILLISECONDS, sessionCookieName } from './session-cookie.js';
import { OpenToAnyone } from './session.guard.js';
import { STAFF_DOOR_OPTIONS, type StaffDoorOptions } from './staff-door-options.js';
import { StaffOrganisations } from './staff-organisations.js';
import { StaffSessions } from './staff-sessions.js';

@Controller()
export class LoginController {
  constructor(
    @Inject(OidcClient) private readonly oidc: OidcClient,
    @Inject(StaffSessions) private readonly sessions: StaffSessions,
    @Inject(StaffOrganisations) private readonly organisations: StaffOrganisations,
    @Inject(STAFF_DOOR_OPTIONS) private readonly options: StaffDoorOptions,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  private get secure(): boolean {
    return this.options.url.startsWith('https:');
  }

  @Get('login')
  @OpenToAnyone()
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Log in at the organisation’s OIDC provider', request: { query: z.object({ returnTo: z.string().optional() }) }, responses: { 302: { description: 'To the provider' }, 503: { description: 'The provider does not answer' } } })
  async login(@Query('returnTo') returnTo: unknown, @Res() reply: FastifyReply): Promise<void> {
    const { attempt, location } = await this.oidc.begin(safeReturnPath(returnTo));
    await reply
      .header('set-cookie', serializeCookie(loginAttemptCookieName(this.options.url), encodeLoginAttempt(attempt), { secure: this.secure, path: '/callback', maxAgeSeconds: LOGIN_ATTEMPT_SECONDS }))
      .redirect(location.href, 302);
  }

  @Get('callback')
  @OpenToAnyone()
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Where the provider sends the browser back', responses: { 302: { description: 'Logged in; to the page that was asked for' }, 401: { description: 'The login does not hold' }, 403: { description: 'Not someone of an organisation of this service' } } })
  async callback(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const attempt = decodeLoginAttempt(readCookie(request.headers.cookie, loginAttemptCookieName(this.options.url)));
    if (attempt === undefined) throw new ProblemError('unauthenticated', { detail: 'Deze inlogpoging is verlopen. Begin opnieuw.' });
    const { claims } = await this.oidc.complete(queryOf(request.url), attempt);
    const user = await this.admit(await this.read(claims, request.id));
    const secret = createSessionSecret();
    await this.sessions.open(newSession(hashSessionSecret(secret), user, this.clock()));
    await reply
      .header('set-cookie', [
        serializeCookie(loginAttemptCookieName(this.options.url), '', { secure: this.secure, path: '/callback', maxAgeSeconds: 0 }),
        serializeCookie(sessionCookieName(this.options.url), secret, { secure: this.secure, path: '/', maxAgeSeconds: SESSION_MAX_MILLISECONDS / 1000 }),
      ])
      .redirect(attempt.returnTo, 302);
  }

  @Post('logout')
  @HttpCode(204)
  @Documented({ summary: 'End this session', responses: { 204: { description: 'Logged out' } } })
  async logout(@CurrentSession() session: Session, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(session.hash);
    void reply.header('set-cookie', serializeCookie(sessionCookieName(this.options.url), '', { secure: this.secure, path: '/', maxAgeSeconds: 0 }));
  }

  @Get('api/me')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Who is logged in', responses: { 200: { description: 'The user', schema: StaffMe }, 401: { description: 'Nobody' } } })
  async me(@CurrentSession() { user, expiresAt }: Session): Promise<StaffMe> {
    const { organisation, identifier, name, roleName, roles, assuranceLevel, authenticatedAt, means } = user;
    const organisationName = (await this.organisations.findByName(organisation))?.displayName ?? organisation;
    return {
      ...{ organisation, organisationName, identifier, name, roleName, roles: [...roles], assuranceLevel, authenticatedAt: authenticatedAt.toISOString(), means },
      theme: this.options.themes?.[organisation],
      idleSeconds: SESSION_IDLE_MILLISECONDS / 1000,
      sessionEndsAt: expiresAt.toISOString(),
    };
  }

  private async read(claims: Readonly<Record<string, unknown>>, reference: string): Promise<LoginFacts> {
    try {
      return readClaims(claims, this.options.oidc, this.clock());
    } catch (error) {
      if (!(error instanceof LoginClaimsError)) throw error;
      this.logger.warn('login refused', { reason: error.message, reference });
      await this.logRefusal(claims, error, reference);
      throw new ProblemError('forbidden', { detail: 'Uw account mist gegevens die nodig zijn om in te loggen. Vraag uw applicatiebeheerder om hulp.', cause: error });
    }
  }

  /** A refusal belongs in the log of the organisation that the login names, when that is one of ours. */
  private async logRefusal(claims: Readonly<Record<string, unknown>>, error: LoginClaimsError, reference: string): Promise<void> {
    const name = OrganisationName.safeParse(claims[this.options.oidc.claims.organisation]);
    const organisation = name.success ? await this.organisations.findByName(name.data) : undefined;
    if (organisation === undefined) return;
    await this.sessions.logRefusal({ organisationId: organisation.id, event: 'user.login-refused', reason: `claims-missing: ${error.claims.join(', ')}`, at: this.clock(), reference });
  }

  private async admit({ organisation: name, ...facts }: LoginFacts): Promise<StaffUser> {
    const organisation = await this.organisations.findByName(name);
    if (organisation === undefined) {
      this.logger.warn('login refused', { reason: 'organisation is not one of this service' });
      throw new ProblemError('forbidden', { detail: 'Uw organisatie gebruikt deze dienst niet.' });
    }
    return { ...facts, organisation: organisation.name, organisationId: organisation.id };
  }
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at);
}
