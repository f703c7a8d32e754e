import { ProblemError, type ProblemName } from '@anw/platform';
import { repairers, TriageError, type TriageFailure } from '@anw/triage';
import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import { catchError, type Observable, throwError } from 'rxjs';

/** How each rule of the desk that says no is told to the page. */
const problemOf: Readonly<Record<TriageFailure, ProblemName>> = {
  'care-request-unknown': 'not-found',
  'care-request-id-reused': 'conflict',
  'care-request-needs-no-visit': 'not-acceptable',
  'triage-has-authorization': 'conflict',
  'shift-unknown': 'not-acceptable',
  'shift-over': 'not-acceptable',
  'visit-window-outside-shift': 'not-acceptable',
  'custodian-unknown': 'not-acceptable',
  'custodian-unreachable': 'partner-unavailable',
  'allowlist-stale': 'partner-unavailable',
  'actor-not-listed': 'not-acceptable',
  'delegation-not-valid': 'not-acceptable',
  'not-allowed': 'not-acceptable',
  'no-home-access': 'not-acceptable',
  'authorization-unknown': 'not-found',
  'authorization-over': 'conflict',
  'request-id-reused': 'conflict',
  'authorization-followed': 'conflict',
  'same-practitioner': 'not-acceptable',
  'extension-not-later': 'not-acceptable',
  'extension-too-long': 'not-acceptable',
  'no-alarm': 'conflict',
  'tree-unknown': 'not-acceptable',
  'answers-do-not-fit': 'not-acceptable',
  'answers-unfinished': 'not-acceptable',
  'deviation-unexplained': 'not-acceptable',
  'handover-unknown': 'not-found',
  'handover-id-reused': 'conflict',
  'handover-by-the-same': 'not-acceptable',
  'idempotency-key-reused': 'not-acceptable',
  'patient-unknown': 'not-acceptable',
  'patient-ambiguous': 'not-acceptable',
  'nobody-to-send': 'not-acceptable',
};

/** Where on the page's form it has to be mended, when that is one field. */
const fieldOf: Readonly<Partial<Record<TriageFailure, string>>> = {
  'visit-window-outside-shift': '/visitWindow',
  'shift-unknown': '/shift',
  'shift-over': '/shift',
  'same-practitioner': '/shift',
  'no-home-access': '/homeAccess',
  'extension-not-later': '/until',
  'extension-too-long': '/until',
  'deviation-unexplained': '/deviation',
};

/** Tells failures of the triage rules as problems, with the code that the page can act on and who must repair it. */
@Injectable()
export class TriageProblems implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(catchError((error: unknown) => throwError(() => toProblem(error))));
  }
}

function toProblem(error: unknown): unknown {
  if (!(error instanceof TriageError)) return error;
  const repairBy = repairers[error.code];
  const pointer = fieldOf[error.code];
  return new ProblemError(problemOf[error.code], { detail: error.message, ...(pointer !== undefined && { errors: [{ pointer, detail: error.message }] }), extensions: { code: error.code, ...(repairBy && { repairBy }) }, cause: error });
}
