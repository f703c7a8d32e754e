import type { Session, StaffUser } from '@anw/identity';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ProblemError } from '../errors/problem-error.js';
import type { StaffRequest } from './session.guard.js';

/** Who is logged in: `@CurrentUser() user: StaffUser`. */
export const CurrentUser = createParamDecorator((_data: unknown, context: ExecutionContext): StaffUser => sessionOf(context).user);

/** Her session, for what lasts as long as it does: `@CurrentSession() session: Session`. */
export const CurrentSession = createParamDecorator((_data: unknown, context: ExecutionContext): Session => sessionOf(context));

function sessionOf(context: ExecutionContext): Session {
  const session = context.switchToHttp().getRequest<StaffRequest>().staffSession;
  if (session === undefined) throw new ProblemError('unauthenticated');
  return session;
}
