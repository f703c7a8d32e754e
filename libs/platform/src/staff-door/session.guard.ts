import type { Session } from '@anw/identity';
import type { Clock } from '@anw/values';
import { type CanActivate, type ExecutionContext, Inject, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';
import { CLOCK } from '../service/clock.js';
import { SessionReader } from './session-reader.js';
import { StaffSessions } from './staff-sessions.js';

const OPEN = 'anw:open-to-anyone';
const ROLES = 'anw:required-roles';

/** For the few routes of the staff door that work without a login: the front page and the login itself. */
export const OpenToAnyone = (): ClassDecorator & MethodDecorator => SetMetadata(OPEN, true);

/** Lets in whoever has at least one of these roles; without this decorator, any role does. */
export const RequireRole = (...roles: readonly string[]): ClassDecorator & MethodDecorator => SetMetadata(ROLES, roles);

/** A request of the staff door that has passed the guard. */
export interface StaffRequest extends FastifyRequest {
  staffSession?: Session;
}

/** Every route of the staff door needs a session that holds, and the role it names; deny unless it says otherwise (design D15). */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(StaffSessions) private readonly sessions: StaffSessions,
    @Inject(SessionReader) private readonly reader: SessionReader,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const targets = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(OPEN, targets) === true) return true;
    const request = context.switchToHttp().getRequest<StaffRequest>();
    const session = await this.reader.sessionOf(request);
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
}
