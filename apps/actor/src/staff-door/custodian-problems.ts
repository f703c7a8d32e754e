import { TokenClientError } from '@anw/authorization';
import { FhirClientError } from '@anw/fhir-client';
import { DidResolutionError } from '@anw/identity';
import { OutboundError } from '@anw/outbound';
import { ProblemError } from '@anw/platform';
import { CustodianUnknownError } from '../custodians/custodian-door.js';

const NO_ACCESS = 'U heeft geen toegang tot dit dossier. Vraag de regisseur om hulp.';
const NO_ANSWER = 'De bronhouder geeft nu geen antwoord. Probeer het zo opnieuw.';

/** What stood between the nurse and the record, in her words; anything else stays what it is. */
export function toCustodianProblem(error: unknown): unknown {
  if (error instanceof TokenClientError) {
    if (error.code !== 'refused') return noAnswer(error);
    return noAccess(error, error.refusal?.reference);
  }
  if (error instanceof FhirClientError) return error.code === 'no-access' || error.code === 'not-authenticated' || error.code === 'not-found' ? noAccess(error, error.reference) : noAnswer(error);
  if (error instanceof OutboundError || error instanceof DidResolutionError || error instanceof CustodianUnknownError) return noAnswer(error);
  return error;
}

function noAccess(cause: Error, reference: string | undefined): ProblemError {
  return new ProblemError('forbidden', { detail: NO_ACCESS, ...(reference && { reference }), cause });
}

function noAnswer(cause: Error): ProblemError {
  return new ProblemError('partner-unavailable', { detail: NO_ANSWER, cause });
}
