import type { FhirFailure, FhirFailureCode, IssueType, ResourceIssue } from '../fhir-failure.js';

export interface OperationOutcome {
  readonly resourceType: 'OperationOutcome';
  /** Reference under which the custodian finds the decision again (design D16). */
  readonly id?: string;
  readonly issue: readonly OutcomeIssue[];
}

export interface OutcomeIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  readonly code: IssueType;
  readonly details: { readonly text: string };
  /** The rule's id. */
  readonly diagnostics?: string;
  readonly expression?: readonly string[];
}

export interface OutcomeAnswer {
  readonly status: number;
  readonly outcome: OperationOutcome;
}

const MAXIMUM_ISSUES = 20;

/** "The same words for every refusal of scope": which one it was can reveal that someone is in care. */
const NO_ACCESS = 'Geen toegang.';

interface FailureRendering {
  readonly status: number;
  readonly code: IssueType;
  readonly text: string;
}

/** Every failure in FHIR's dialect (style §3). 403 and 404 read alike. */
const renderings: Readonly<Record<FhirFailureCode, FailureRendering>> = {
  'not-authenticated': { status: 401, code: 'login', text: 'U bent niet aangemeld.' },
  'token-expired': { status: 401, code: 'expired', text: 'De toegang is verlopen.' },
  'outside-policy': { status: 403, code: 'forbidden', text: NO_ACCESS },
  'forbidden-content': { status: 403, code: 'forbidden', text: NO_ACCESS },
  'not-found': { status: 404, code: 'not-found', text: NO_ACCESS },
  'malformed-request': { status: 400, code: 'invalid', text: 'Het verzoek heeft niet de juiste vorm.' },
  'unsupported-parameter': { status: 400, code: 'not-supported', text: 'Het verzoek bevat iets dat hier niet wordt ondersteund.' },
  'method-not-allowed': { status: 405, code: 'not-supported', text: 'Deze bewerking wordt niet ondersteund.' },
  'not-acceptable': { status: 406, code: 'not-supported', text: 'Alleen application/fhir+json kan worden geleverd.' },
  'unsupported-media-type': { status: 415, code: 'not-supported', text: 'Alleen application/fhir+json in UTF-8 wordt aangenomen.' },
  'body-too-large': { status: 413, code: 'too-long', text: 'Het bericht is groter dan 256 KiB.' },
  'unreadable-resource': { status: 400, code: 'structure', text: 'Het bericht kan niet worden gelezen.' },
  'invalid-resource': { status: 422, code: 'invalid', text: 'De gegevens voldoen niet aan de regels.' },
  'duplicate-identifier': { status: 409, code: 'duplicate', text: 'Onder dit kenmerk is al iets anders vastgelegd.' },
  unavailable: { status: 503, code: 'transient', text: 'De bron is tijdelijk niet bereikbaar. Probeer het zo opnieuw.' },
  unexpected: { status: 500, code: 'exception', text: 'Er is iets misgegaan bij de bron.' },
};

/** Renders a failure; `reference` leads the custodian to the log row and the decision record. */
export function toOperationOutcome(failure: FhirFailure, reference?: string): OutcomeAnswer {
  const { status, code, text } = renderings[failure.code];
  const issues = failure.issues ?? [];
  const issue = issues.length > 0 ? issues.slice(0, MAXIMUM_ISSUES).map(toOutcomeIssue) : [{ severity: 'error' as const, code, details: { text } }];
  return { status, outcome: { resourceType: 'OperationOutcome', ...(reference === undefined ? {} : { id: reference }), issue } };
}

/** Remarks beside a success: soft limits that were passed (G15). */
export function toWarningOutcome(warnings: readonly ResourceIssue[]): OperationOutcome {
  return { resourceType: 'OperationOutcome', issue: warnings.slice(0, MAXIMUM_ISSUES).map(toOutcomeIssue) };
}

function toOutcomeIssue({ severity, code, text, rule, expression }: ResourceIssue): OutcomeIssue {
  return { severity, code, details: { text }, diagnostics: rule, ...(expression === undefined ? {} : { expression: [expression] }) };
}
