/** Kinds of fault FHIR knows (value set issue-type), as far as we answer them. */
export type IssueType =
  | 'login'
  | 'expired'
  | 'forbidden'
  | 'not-found'
  | 'invalid'
  | 'structure'
  | 'required'
  | 'invariant'
  | 'code-invalid'
  | 'business-rule'
  | 'extension'
  | 'not-supported'
  | 'duplicate'
  | 'too-long'
  | 'too-costly'
  | 'transient'
  | 'exception'
  | 'informational';

/** One fault, or one remark, about a posted resource, in words for the nurse (spec anw-fhir-profiles §9.4). */
export interface ResourceIssue {
  /** Identifies the rule for whoever repairs the sender, for example `BP-UNIT`. */
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'information';
  readonly code: IssueType;
  /** One Dutch sentence; never repeats an identifier or the text that was sent. */
  readonly text: string;
  /** FHIRPath of the element to correct, relative to the posted resource. */
  readonly expression?: string;
}

/** Why a FHIR request is not answered with what it asked. Closed: a new code must be placed in `toOperationOutcome`. */
export type FhirFailureCode =
  | 'not-authenticated'
  | 'token-expired'
  | 'outside-policy'
  | 'forbidden-content'
  | 'not-found'
  | 'malformed-request'
  | 'unsupported-parameter'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'unsupported-media-type'
  | 'body-too-large'
  | 'unreadable-resource'
  | 'invalid-resource'
  | 'duplicate-identifier'
  | 'unavailable'
  | 'unexpected';

/** A refusal: `code` and `issues` are for the caller, `reason` is for the log alone (style: public and private text are two fields). */
export interface FhirFailure {
  readonly code: FhirFailureCode;
  /** Machine readable, free of identifiers and of what was sent. */
  readonly reason: string;
  /** Of `unreadable-resource`, `invalid-resource` and `forbidden-content`: every fault found, at most 20 are told. */
  readonly issues?: readonly ResourceIssue[];
}

/** Carries a failure through a transaction, so that it rolls back, up to the edge that renders it. */
export class FhirFailureError extends Error {
  override readonly name = 'FhirFailureError';

  constructor(readonly failure: FhirFailure, options?: ErrorOptions) {
    super(`${failure.code}: ${failure.reason}`, options);
  }
}

/** A value, or why there is none. */
export type FhirResult<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly failure: FhirFailure };

export function fhirOk<T>(value: T): FhirResult<T> {
  return { ok: true, value };
}

export function fhirRefusal(code: FhirFailureCode, reason: string, issues?: readonly ResourceIssue[]): { readonly ok: false; readonly failure: FhirFailure } {
  return { ok: false, failure: issues === undefined ? { code, reason } : { code, reason, issues } };
}
