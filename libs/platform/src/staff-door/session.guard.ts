import type { Session } from '@anw/identity';
import type { Clock } from '@anw/values';
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';
import { CLOCK } from '../service/clock.js';
import { hashSessionSecret, readCookie, sessionCookieName } from './session-cookie.js';
import { sessionHolds } from './session-holds.js';
import { STAFF_DOOR_OPTIONS, type StaffDoorOptions } from './staff-door-options.js';
import { StaffSessions } from './staff-sessions.js';

const OPEN = 'anw:open-to-anyone';
const ROLES = 'anw:required-roles';

/** For the few routes of the staff door that work without a login: the login itself. */
export const OpenToAnyone = (): ClassDecorator & MethodDecorator => SetMetadata(OPEN, true);

/** Lets in whoever has at least one of these roles; without this decorator, any role does. */
export const RequireRole = (...roles: readonly string[]): ClassDecorator & MethodDecorator => SetMetadata(ROLES, roles);

/** A request of the staff door that has passed the guard. */
export interface StaffRequest extends FastifyRequest {
  staffSession?: Session;
}

/** How often at most a session's last use is written down. */
const SEEN_INTERVAL_MILLISECONDS = 60_000;

/** Every route of the staff door needs a session that holds, and the role it names; deny unless it says otherwise (design D15). */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(StaffSessions) private readonly sessions: StaffSessions,
    @Inject(STAFF_DOOR_OPTIONS) private readonly options: StaffDoorOptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(OPEN, targets) === true) return true;
    const request = context.switchToHttp().getRequest<StaffRequest>();
    const session = await this.currentSession(request);
    if (session === undefined) throw new ProblemError('unauthenticated');
    const roles = this.reflector.getAllAndOverride<readonly string[] | undefined>(ROLES, targets);
    if (roles !== undefined && !roles.some((role) => session.user.roles.includes(role))) return this.refuse(request, session);
    request.staffSession = session;
    return true;
  }

  private async refuse(request: FastifyRequest, { user }: Session): Promise<never> {
    const query = `${request.method} ${request.routeOptions.url ?? ''}`;
    await this.sessions.logRefusal({ organisationId: user.organisationId, event: 'request.refused', reason: 'role-missing', at: this.clock(), reference: request.id, user, query });
    throw new ProblemError('forbidden');
  }

  /** The session that the cookie stands for, if it holds now; its use is written down so that it stays alive. */
  private async currentSession(request: FastifyRequest): Promise<Session | undefined> {
    const secret = readCookie(request.headers.cookie, sessionCookieName(this.options.url.startsWith('https:')));
    if (secret === undefined) return undefined;
    const session = await this.sessions.find(hashSessionSecret(secret));
    const now = this.clock();
    if (session === undefined || !sessionHolds(session, now)) return undefined;
    if (now.getTime() - session.lastSeenAt.getTime() >= SEEN_INTERVAL_MILLISECONDS) await this.sessions.markSeen(session.hash, now);
    return session;
  }
}
