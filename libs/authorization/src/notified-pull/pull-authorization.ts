import { type CredentialStatuses, MAX_AUTHORIZATION_SECONDS, parseCredential, readAuthorizationCredential, verifyCredential } from '@anw/credentials';
import type { Organisation, VerificationKeys } from '@anw/identity';
import { ANW_PURPOSE_OF_USE, type Clock, type Did, type DidUrl } from '@anw/values';
import { AuthorizationDelivery } from './authorization-context.js';
import type { ReceivedAuthorization } from './received-authorization.js';

export type PullFailure = 'malformed' | 'other-authorization' | 'other-actor' | 'other-regisseur' | 'other-purpose' | 'over' | 'too-long' | 'revoked' | 'status-unknown';

/** What the regisseur offered is not what it delivered, or cannot be relied on. `code` goes into the receipt's log row. */
export class PullError extends Error {
  override readonly name = 'PullError';
  constructor(readonly code: PullFailure) {
    super(`offered authorization cannot be accepted: ${code}`);
  }
}

export interface PullAuthorizationPorts {
  readonly keys: VerificationKeys;
  readonly statuses: CredentialStatuses;
  /** Gets the delivery at the regisseur with an access token of our own; the answer is not trusted. */
  readonly fetchDelivery: (href: string, regisseur: Did, actor: Did) => Promise<unknown>;
  readonly clock: Clock;
}

export interface OfferedAuthorization {
  readonly event: string;
  readonly regisseur: Did;
  readonly authorization: DidUrl;
  readonly href: string;
}

/**
 * Notified pull (design §2 step 4): fetches the offered authorization and its context, and verifies all of it before
 * anyone stores or shows it: signature, issuer is who notified, subject is us, purpose, period, status.
 * One for a shift still to come is accepted: it belongs on the route, and the custodian refuses it until it begins.
 * @throws PullError, CredentialError; whatever `fetchDelivery` throws passes through.
 */
export async function pullAuthorization(offer: OfferedAuthorization, actor: Organisation, ports: PullAuthorizationPorts): Promise<ReceivedAuthorization> {
  const delivery = AuthorizationDelivery.safeParse(await ports.fetchDelivery(offer.href, offer.regisseur, actor.did));
  if (!delivery.success) throw new PullError('malformed');
  const now = ports.clock();
  const verified = await verifyCredential(parseCredential(delivery.data.credential), { keys: ports.keys, now, mayBeginLater: true });
  const credential = readAuthorizationCredential(verified);
  if (credential.id !== offer.authorization) throw new PullError('other-authorization');
  if (credential.regisseur !== offer.regisseur) throw new PullError('other-regisseur');
  if (credential.actor !== actor.did) throw new PullError('other-actor');
  if (credential.purposeOfUse !== ANW_PURPOSE_OF_USE) throw new PullError('other-purpose');
  if (credential.custodian !== delivery.data.context.custodian.did) throw new PullError('malformed');
  const { from, until } = credential.period;
  if (until <= now) throw new PullError('over');
  if (until.getTime() - from.getTime() > MAX_AUTHORIZATION_SECONDS * 1000) throw new PullError('too-long');
  const { status } = await ports.statuses.statusOf(verified);
  if (status === 'revoked') throw new PullError('revoked');
  // Issued but not established: the offer stays unanswered, is sent again, and may succeed then.
  if (status === 'unknown') throw new PullError('status-unknown');
  return { credential, jwt: delivery.data.credential, context: delivery.data.context, receivedAt: now, offer: offer.event };
}
