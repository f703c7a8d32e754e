export type OutboundFailure =
  | 'forbidden-url'
  | 'forbidden-address'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'aborted'
  | 'response-too-large';

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
