import type { Did } from '@anw/values';

/**
 * `unreachable`: no answer, or none in time; `unreadable`: not in the form agreed; `refused`: it does not let this
 * regisseur in; `limited`: this regisseur asks more often than it allows.
 */
export type PartnerDoorFailure = 'unreachable' | 'unreadable' | 'refused' | 'limited';

/** A partner gave no answer that we can use; `detail` is for the log and holds no body. */
export class PartnerDoorError extends Error {
  override readonly name = 'PartnerDoorError';
  constructor(
    readonly code: PartnerDoorFailure,
    readonly partner: Did,
    readonly detail: string,
    options?: ErrorOptions,
  ) {
    super(`partner gave no usable answer: ${code}, ${detail}`, options);
  }
}
