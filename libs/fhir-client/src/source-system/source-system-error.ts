/** Why a source system did not give or take what was asked. Closed: a metric has it as a label. */
export type SourceFault =
  | 'unreachable'
  | 'forbidden-address'
  | 'timeout'
  | 'busy'
  | 'credential-refused'
  | 'redirect'
  | 'not-found'
  | 'content-refused'
  | 'server-error'
  | 'not-json'
  | 'not-fhir'
  | 'too-large'
  | 'too-many-resources'
  | 'next-link-elsewhere'
  | 'next-link-cycle'
  | 'type-not-writable';

/** An exchange with an organisation's own FHIR server that failed. The message holds neither URL nor content. */
export class SourceSystemError extends Error {
  override readonly name = 'SourceSystemError';

  constructor(
    readonly fault: SourceFault,
    options?: ErrorOptions,
  ) {
    super(`source system: ${fault}`, options);
  }
}
