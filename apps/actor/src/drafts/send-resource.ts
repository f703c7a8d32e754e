import { TokenClientError } from '@anw/authorization';
import type { AnswerIssue, FhirResource, StepAnswer } from '@anw/fhir';
import { FhirClientError, type RemoteIssue } from '@anw/fhir-client';
import { DidResolutionError } from '@anw/identity';
import { OutboundError } from '@anw/outbound';
import type { PatientId } from '@anw/values';
import { type CustodianDoor, CustodianUnknownError, type Errand } from '../custodians/custodian-door.js';

/** Sends one resource to the custodian of the errand. @throws what `prepare` throws, and what nobody foresaw */
export async function sendResource(custodians: Pick<CustodianDoor, 'visit'>, errand: Errand, prepare: (patient: PatientId) => Promise<FhirResource>): Promise<StepAnswer> {
  try {
    const { reference, version, warnings } = await custodians.visit(errand, async (client, patient) => client.create(await prepare(patient)));
    return { outcome: 'stored', reference, ...(version !== undefined && { version }), warnings: warnings.map(toAnswerIssue) };
  } catch (error) {
    return toAnswer(error);
  }
}

/** Content and access are answers; silence and rubbish are none. Anything else stays what it is. */
function toAnswer(error: unknown): StepAnswer {
  if (error instanceof FhirClientError) return fhirAnswer(error);
  if (error instanceof TokenClientError) return error.code === 'refused' ? noAccess(error.refusal?.reference) : { outcome: 'no-answer', failure: `token-${error.code}` };
  if (error instanceof OutboundError || error instanceof DidResolutionError || error instanceof CustodianUnknownError) return { outcome: 'no-answer', failure: failureOf(error) };
  throw error;
}

function fhirAnswer({ code, issues, reference }: FhirClientError): StepAnswer {
  switch (code) {
    case 'no-access':
    case 'not-found':
      return noAccess(reference);
    case 'invalid-resource':
    case 'duplicate':
    case 'refused':
      return { outcome: 'refused', issues: faultsOf(issues), ...(reference !== undefined && { reference }) };
    case 'not-authenticated':
    case 'unavailable':
    case 'unreadable':
      return { outcome: 'no-answer', failure: code };
  }
}

function noAccess(reference: string | undefined): StepAnswer {
  return { outcome: 'no-access', ...(reference !== undefined && { reference }) };
}

const UNEXPLAINED: AnswerIssue = { text: 'De bronhouder nam dit niet aan en zei niet waarom.' };

/** Remarks beside the faults would hide what she must correct. */
function faultsOf(issues: readonly RemoteIssue[]): readonly AnswerIssue[] {
  const faults = issues.filter(({ severity, text }) => (severity === 'error' || severity === 'fatal') && text !== '');
  return faults.length === 0 ? [UNEXPLAINED] : faults.map(toAnswerIssue);
}

function toAnswerIssue({ text, rule, expression }: RemoteIssue): AnswerIssue {
  return { text, ...(rule !== undefined && { rule }), ...(expression !== undefined && { expression }) };
}

/** A code where the error has one: messages may quote what a stranger sent. */
function failureOf(error: Error): string {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code.slice(0, 64) : error.name;
}
