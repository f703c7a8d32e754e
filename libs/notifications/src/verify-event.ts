import { DidResolutionError, JwsError, type JwsFailure, parseStrictJson, type VerificationKeys, type VerifiedJws, verifyCompactJws } from '@anw/identity';
import { type Did, didOf } from '@anw/values';
import { NotificationEvent } from './event.js';
import { type ParkingReason, UnacceptableNotificationError } from './notification-error.js';
import { NOTIFICATION_JWS_TYPE } from './sign-event.js';

/** Largest message we look at, as text. A notification holds references only and stays far below. */
export const MAX_NOTIFICATION_BYTES = 16 * 1024;

/** How far the sender's clock may be ahead of ours. */
const MAX_CLOCK_SKEW_SECONDS = 300;

/** As long as the bus keeps a message; the inbox remembers longer, so that no repeat is taken for new. */
export const MAX_NOTIFICATION_AGE_SECONDS = 7 * 24 * 3600;

export interface EventExpectations {
  /** The organisation it must be meant for. */
  readonly recipient: Did;
  readonly now: Date;
}

/**
 * Verifies a signed notification: by a key of the organisation it says it comes from, for us, of about now.
 * @throws UnacceptableNotificationError when the message is at fault; any other error passes, and another attempt may succeed.
 */
export async function verifyEvent(jws: string, keys: VerificationKeys, expected: EventExpectations): Promise<NotificationEvent> {
  if (jws.length > MAX_NOTIFICATION_BYTES) throw new UnacceptableNotificationError('too-large');
  const verified = await verifySignature(jws, keys);
  const event = parseEvent(verified.payload);
  if (didOf(verified.kid) !== event.source) throw new UnacceptableNotificationError('source-is-not-signer');
  if (event.data.recipient !== expected.recipient) throw new UnacceptableNotificationError('other-recipient');
  assertTimely(event, expected.now);
  return event;
}

async function verifySignature(jws: string, keys: VerificationKeys): Promise<VerifiedJws> {
  try {
    return await verifyCompactJws(jws, keys, { typ: [NOTIFICATION_JWS_TYPE] });
  } catch (error) {
    if (error instanceof JwsError) throw new UnacceptableNotificationError(reasonOfJwsFailure[error.code], { cause: error });
    // A host that does not answer now may answer later; one that denies the DID will not change its mind by itself.
    if (error instanceof DidResolutionError && error.code !== 'unreachable') throw new UnacceptableNotificationError('sender-not-found', { cause: error });
    throw error;
  }
}

const reasonOfJwsFailure: Readonly<Record<JwsFailure, ParkingReason>> = {
  malformed: 'not-a-jws',
  'too-large': 'too-large',
  'unsupported-algorithm': 'not-a-jws',
  'unsupported-header': 'not-a-jws',
  'unexpected-type': 'not-a-jws',
  'unknown-key': 'unknown-key',
  'signature-invalid': 'signature-invalid',
};

/** The schema is strict: a member beyond the envelope's own could carry what must not travel (design D7). */
function parseEvent(payload: Uint8Array): NotificationEvent {
  try {
    return NotificationEvent.parse(parseStrictJson(payload));
  } catch {
    // The cause quotes the payload, which must reach no log.
    throw new UnacceptableNotificationError('malformed-event');
  }
}

function assertTimely(event: NotificationEvent, now: Date): void {
  const ageSeconds = (now.getTime() - Date.parse(event.time)) / 1000;
  if (ageSeconds < -MAX_CLOCK_SKEW_SECONDS) throw new UnacceptableNotificationError('from-the-future');
  if (ageSeconds > MAX_NOTIFICATION_AGE_SECONDS) throw new UnacceptableNotificationError('too-old');
}
