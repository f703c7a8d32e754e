/** Why a message can never become a notification; a closed list, shown to the operator beside the parked message. */
export type ParkingReason =
  | 'too-large'
  | 'not-a-jws'
  | 'unknown-key'
  | 'signature-invalid'
  | 'sender-not-found'
  | 'malformed-event'
  | 'source-is-not-signer'
  | 'other-recipient'
  | 'from-the-future'
  | 'too-old'
  | 'unexpected-type'
  | 'unacceptable'
  | 'kept-failing';

/** A message that another attempt will not mend. Its text is in neither the code nor the message. */
export class UnacceptableNotificationError extends Error {
  override readonly name = 'UnacceptableNotificationError';
  constructor(
    readonly code: ParkingReason,
    options?: ErrorOptions,
  ) {
    super(`notification cannot be accepted: ${code}`, options);
  }
}
