import { EmployeeIdentifier } from '@anw/values';
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error.js';

/** Header in which whoever stands in front of the operator door says on whose behalf it asks. The door itself knows nobody (docs/deployment.md). */
const OPERATOR_HEADER = 'x-operator';

/** Who operates, by name for the log: `@CurrentOperator() by: EmployeeIdentifier | undefined`. Undefined when the door was not told. */
export const CurrentOperator = createParamDecorator((_data: unknown, context: ExecutionContext): EmployeeIdentifier | undefined => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers[OPERATOR_HEADER];
  if (header === undefined) return undefined;
  const name = EmployeeIdentifier.safeParse(header);
  if (!name.success) throw new ProblemError('invalid-request', { detail: `${OPERATOR_HEADER} is the identifier of one employee, of 64 characters at most.` });
  return name.data;
});
