export type AllowlistFailure = 'period-ends-before-it-starts' | 'period-is-over' | 'overlaps-another-row';

/** A change of the allowlist that cannot be made; nothing has changed. */
export class AllowlistError extends Error {
  override readonly name = 'AllowlistError';
  constructor(readonly code: AllowlistFailure) {
    super(`allowlist stays as it was: ${code}`);
  }
}
