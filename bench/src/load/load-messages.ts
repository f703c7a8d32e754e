/** What a load process tells first: the actor that it is. */
export interface LoadReady {
  readonly kind: 'ready';
  readonly did: string;
}

/** What it needs before it can ask for tokens. */
export interface LoadSetup {
  readonly kind: 'setup';
  /** Issuer of the custodian's authorization server. */
  readonly issuer: string;
  /** Base URL of the custodian's FHIR face. */
  readonly fhir: string;
  /** Compact JWT of the authorization that the bench's regisseur issued to this actor. */
  readonly authorization: string;
  /** The custodian's DID. */
  readonly custodian: string;
}

/** `granted`: a request that all eight checks grant. `refused`: one that is refused before any signature is looked at, the control. */
export type TokenRequestKind = 'granted' | 'refused';

/**
 * `dossier`: every search that makes up a dossier, six at a time. `search`: one of them. `write`: one measurement.
 * `capabilities`: what is open to all, the control, without token, checks and log.
 */
export type FhirRequestKind = 'dossier' | 'search' | 'write' | 'capabilities';

export type RequestKind = TokenRequestKind | FhirRequestKind;

export interface LoadRun {
  readonly kind: 'run';
  readonly request: RequestKind;
  readonly seconds: number;
  /** Closed loop: so many requests under way at all times. Open loop: one request each 1/rate seconds, whatever the answers do. */
  readonly loop: { readonly kind: 'closed'; readonly concurrency: number } | { readonly kind: 'open'; readonly ratePerSecond: number };
}

export interface LoadResult {
  readonly kind: 'result';
  /** Answers of the expected kind. */
  readonly answered: number;
  /** Answers of any other kind, and requests that broke. */
  readonly failed: number;
  /** The first of those, in words. */
  readonly firstFailure?: string;
  /** In milliseconds; in an open loop counted from when the request was due. */
  readonly latencies: readonly number[];
}

export type ToLoad = LoadSetup | LoadRun | { readonly kind: 'stop' };
export type FromLoad = LoadReady | LoadResult | { readonly kind: 'ready-to-run' } | { readonly kind: 'broken'; readonly detail: string };
