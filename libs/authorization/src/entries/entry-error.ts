export type EntryFailure =
  | 'period-ends-before-it-starts'
  | 'period-is-over'
  | 'overlaps-another-entry'
  | 'patient-not-in-care'
  | 'operator-unnamed'
  | 'same-operator';

/** A change of the allowlist or of the enrolments that cannot be made; nothing has changed. */
export class EntryError extends Error {
  override readonly name = 'EntryError';
  constructor(readonly code: EntryFailure) {
    super(`nothing has changed: ${code}`);
  }
}
