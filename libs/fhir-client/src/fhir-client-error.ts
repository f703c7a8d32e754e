/** Why a custodian did not give or take what was asked. */
export type FhirClientFailure =
  | 'not-authenticated'
  | 'no-access'
  | 'not-found'
  | 'invalid-resource'
  | 'duplicate'
  | 'refused'
  | 'unavailable'
  | 'unreadable';

/** One issue of the custodian's OperationOutcome, in its own words. To be shown as text. */
export interface RemoteIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information';
  readonly code: string;
  readonly text: string;
  /** The rule's id at the custodian. */
  readonly rule?: string;
  /** FHIRPath of the element to correct. */
  readonly expression?: string;
}

export interface FhirClientErrorDetails {
  /** Absent when there was no answer. */
  readonly status?: number;
  readonly issues?: readonly RemoteIssue[];
  /** Under which the custodian finds its decision again. */
  readonly reference?: string;
}

/** A failed exchange with a custodian. The message holds neither URL nor content. */
export class FhirClientError extends Error {
  override readonly name = 'FhirClientError';
  readonly status: number | undefined;
  readonly issues: readonly RemoteIssue[];
  readonly reference: string | undefined;

  constructor(
    readonly code: FhirClientFailure,
    { status, issues, reference }: FhirClientErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(`custodian answered ${status ?? 'nothing'}: ${code}`, options);
    this.status = status;
    this.issues = issues ?? [];
    this.reference = reference;
  }
}
