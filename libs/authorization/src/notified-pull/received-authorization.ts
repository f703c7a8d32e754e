import type { AuthorizationCredential } from '@anw/credentials';
import type { DidUrl, EmployeeIdentifier } from '@anw/values';
import type { AuthorizationContext } from './authorization-context.js';

/** An authorization that an actor pulled and verified: a visit on a practitioner's route, or longer access for one that is there. */
export interface ReceivedAuthorization {
  readonly credential: AuthorizationCredential;
  /** Exactly as issued; what a presentation carries. */
  readonly jwt: string;
  readonly context: AuthorizationContext;
  readonly receivedAt: Date;
  /** Event that offered it; receipts answer to it. */
  readonly offer: string;
  readonly openedAt?: Date;
  /** The authorization that the visit began with, which this one extends; absent: the visit begins with this one. */
  readonly continues?: DidUrl;
}

export type WithdrawalReason = 'revoked' | 'ended';

/** Received authorizations of one actor organisation. What is withdrawn leaves nothing but its id, reason and time. */
export interface ReceivedAuthorizationStore {
  /** Answers false when it was received or withdrawn before: a late or repeated offer changes nothing. */
  addReceived(authorization: ReceivedAuthorization): Promise<boolean>;
  /** The same authorization under another signature; answers false when it is not held, or was that already. */
  renewReceived(authorization: Pick<ReceivedAuthorization, 'credential' | 'jwt'>): Promise<boolean>;
  findReceived(id: DidUrl): Promise<ReceivedAuthorization | undefined>;
  /** The row that makes up a visit, the first to end first; of what is over nothing. */
  findVisit(visit: DidUrl): Promise<readonly ReceivedAuthorization[]>;
  /** Those of a care request, which stay held until the transaction ends. */
  holdOfCareRequest(careRequest: string): Promise<readonly ReceivedAuthorization[]>;
  /** Whether it is held, and stays so until the transaction ends: its withdrawal waits. */
  holdReceived(id: DidUrl): Promise<boolean>;
  /** Until the transaction ends nobody else withdraws a part of this visit. */
  lockVisit(visit: DidUrl): Promise<void>;
  /** Those that name this practitioner, or nobody in particular, newest first. */
  listReceivedFor(practitioner: EmployeeIdentifier): Promise<readonly ReceivedAuthorization[]>;
  /** Answers true the first time. */
  markOpened(id: DidUrl, at: Date): Promise<boolean>;
  /** Forgets credential and context. Also remembers what never arrived, so that it will not. Answers whether something was held. */
  withdraw(id: DidUrl, reason: WithdrawalReason, at: Date): Promise<boolean>;
  /** Ids of those whose period is over at that moment. */
  listOver(at: Date): Promise<readonly DidUrl[]>;
}
