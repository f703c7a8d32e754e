export type TokenClientFailure =
  /** No answer, or none in time. */
  | 'unreachable'
  /** An answer that is not what RFC 8414, RFC021 or RFC 6749 make of it. */
  | 'unusable-answer'
  | 'definition-unsupported'
  /** We hold no credentials that fulfil the definition. */
  | 'nothing-to-present'
  /** The authorization server said no. */
  | 'refused'
  /** The authorization server cannot answer now (5xx). */
  | 'unavailable';

/** What the authorization server said when it refused: `reference` finds its decision record. */
export interface RemoteRefusal {
  readonly error: string;
  readonly description?: string;
  readonly reference?: string;
}

/** No access token could be had. The message holds no body of the other side. */
export class TokenClientError extends Error {
  override readonly name = 'TokenClientError';
  constructor(
    readonly code: TokenClientFailure,
    readonly detail: string,
    options?: ErrorOptions,
    readonly refusal?: RemoteRefusal,
  ) {
    super(`no access token: ${code}: ${detail}`, options);
  }
}
