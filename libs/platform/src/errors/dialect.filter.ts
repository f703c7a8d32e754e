import { applyDecorators, type ArgumentsHost, Catch, type ExceptionFilter, Inject, Injectable, UseFilters } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noteEdgeRefusal } from '../door/edge-refusals.js';
import { ServiceLogger } from '../logging/service-logger.js';
import { type Dialect as DialectName, dialectOfPath } from './dialect.js';
import type { Language } from './to-problem.js';
import { ProblemError } from './problem-error.js';
import { sendAnswer } from './send-answer.js';
import { toAnswer } from './to-answer.js';

/** In which language this door tells problems; provided by each door. */
export const DOOR_LANGUAGE = Symbol('language of the door');

@Injectable()
@Catch()
abstract class DialectFilter implements ExceptionFilter {
  constructor(
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
    @Inject(DOOR_LANGUAGE) private readonly language: Language,
  ) {}

  protected abstract dialect(request: FastifyRequest): DialectName;

  catch(error: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const failure = hasHungUp(request, error) ? new ProblemError('malformed-body', { cause: error }) : error;
    const { answer, unexpected, problem } = toAnswer(failure, this.dialect(request), request.id, this.language);
    noteEdgeRefusal(request, problem);
    if (unexpected !== undefined) this.logger.unexpected(unexpected, request.id);
    // A stream that breaks half-way cannot change its answer any more.
    if (reply.sent || reply.raw.headersSent) return void reply.raw.destroy();
    void sendAnswer(reply, answer);
  }
}

/** Whoever breaks off while its body comes fails, not we. */
function hasHungUp({ raw: { errored } }: FastifyRequest, error: unknown): boolean {
  return errored !== null && errored === error;
}

/** For every route that names no dialect, and for requests that reach no controller: the path decides. */
@Catch()
export class PathDialectFilter extends DialectFilter {
  protected dialect(request: FastifyRequest): DialectName {
    return dialectOfPath(request.url);
  }
}

@Catch()
export class ProblemDialectFilter extends DialectFilter {
  protected dialect(): DialectName {
    return 'problem';
  }
}

@Catch()
export class OAuthDialectFilter extends DialectFilter {
  protected dialect(): DialectName {
    return 'oauth';
  }
}

@Catch()
export class FhirDialectFilter extends DialectFilter {
  protected dialect(): DialectName {
    return 'fhir';
  }
}

const filters = { problem: ProblemDialectFilter, oauth: OAuthDialectFilter, fhir: FhirDialectFilter } as const;

/** In which dialect the failures of a controller or a method are told. */
export function Dialect(name: DialectName): ClassDecorator & MethodDecorator {
  return applyDecorators(UseFilters(filters[name]));
}
