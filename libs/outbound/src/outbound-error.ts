export type OutboundFailure =
  | 'forbidden-url'
  | 'forbidden-address'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'aborted'
  | 'response-too-large'
  /** This partner has not answered for a while and is left alone for a moment. */
  | 'circuit-open'
  /** As many requests to this partner are under way as may be. */
  | 'too-busy';

/** A request that got no answer we can use. The message names the host at most: paths and bodies may be personal. */
export class OutboundError extends Error {
  override readonly name = 'OutboundError';
  constructor(
    readonly code: OutboundFailure,
    readonly host: string,
    options?: ErrorOptions,
  ) {
    super(`request to ${host} failed: ${code}`, options);
  }
}
