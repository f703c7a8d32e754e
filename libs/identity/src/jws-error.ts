export type JwsFailure =
  | 'malformed'
  | 'too-large'
  | 'unsupported-algorithm'
  | 'unsupported-header'
  | 'unexpected-type'
  | 'unknown-key'
  | 'signature-invalid';

/** A JWS that cannot be relied on: `code` for machines; the message never holds the token or its payload. */
export class JwsError extends Error {
  override readonly name = 'JwsError';
  constructor(
    readonly code: JwsFailure,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`JWS refused: ${code}: ${detail}`, options);
  }
}
