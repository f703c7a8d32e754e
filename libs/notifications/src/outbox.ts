import type { Did, OrganisationId } from '@anw/values';
import type { NotificationEvent } from './event.js';

/** `sent`: a channel took it, the recipient has not confirmed yet. `parked`: given up, for people to look at. */
export type DeliveryState = 'pending' | 'sent' | 'received' | 'parked';

export type ChannelName = 'bus' | 'https';

/** A signed notification on its way out. */
export interface OutboxMessage {
  readonly event: NotificationEvent;
  /** Compact JWS over the event, signed when it was put in the outbox. */
  readonly jws: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Absent when there is nothing left to send. */
  readonly nextAttemptAt?: Date;
}

/** Where a use case leaves a notification, in the transaction of its effect (design D12). */
export interface Outbox {
  put(event: NotificationEvent, jws: string): Promise<void>;
  /**
   * The recipient confirmed: nothing more to send. Unknown ids are ignored, and so is a confirmation `by` anyone
   * but the recipient.
   */
  markReceived(eventId: string, at: Date, by: Did): Promise<void>;
}

/** What has been handled already, in the transaction of the effect: a repeat changes nothing. */
export interface Inbox {
  /** Answers false when this organisation stored that event (source and id) before. */
  accept(event: NotificationEvent, receivedAt: Date): Promise<boolean>;
  /** Whether it was stored before, without storing it. */
  has(event: NotificationEvent): Promise<boolean>;
}

/** What could not be understood or verified: kept for people to look at, never retried for ever. */
export interface ParkedMessage {
  /** Made from the message itself, so that a repeat is the same parked message. */
  readonly id: string;
  readonly channel: ChannelName;
  readonly reason: string;
  readonly receivedAt: Date;
  /** Length in bytes; the message itself is not kept. */
  readonly size: number;
}

export interface Parking {
  park(message: ParkedMessage): Promise<void>;
  /** Newest first. */
  listParked(limit: number): Promise<readonly ParkedMessage[]>;
}

/** Carries a signed notification to its recipient over one channel. */
export interface NotificationChannel {
  readonly name: ChannelName;
  /** Resolves when the channel has taken it durably (bus) or the recipient has answered 202 (https). Rejects otherwise. */
  send(message: Pick<OutboxMessage, 'event' | 'jws'>): Promise<void>;
}

/** A message that one relay has claimed: no other touches it until the lease ends. */
export interface ClaimedMessage {
  readonly organisation: OrganisationId;
  readonly event: NotificationEvent;
  readonly jws: string;
  readonly state: 'pending' | 'sent';
  /** Rounds that ended, whether a channel took it or not. */
  readonly attempts: number;
  readonly createdAt: Date;
  /** When the bus last took it. */
  readonly onBusSince?: Date;
}

export interface ClaimRequest {
  readonly now: Date;
  /** Due again by then, should this process die with the message in its hands. */
  readonly leaseUntil: Date;
  readonly limit: number;
  /** Recipients that are being tried enough already. */
  readonly exceptRecipients: readonly Did[];
}

/** What became of a claimed message. */
export type RelayOutcome =
  | { readonly kind: 'taken'; readonly channel: ChannelName; readonly at: Date; /** Absent: nothing more to do. */ readonly nextAttemptAt?: Date }
  | { readonly kind: 'failed'; /** Code per channel tried, for people. */ readonly failure: string; readonly nextAttemptAt: Date }
  | { readonly kind: 'expired' };

/** How many notifications wait, for metrics and readiness. */
export interface OutboxBacklog {
  readonly pending: number;
  readonly awaitingReceipt: number;
  readonly parked: number;
}

/** The outbox of all organisations of a service, as its relay sees it. Several relays may share it. */
export interface RelayStore {
  /** Takes due messages, longest due first. */
  claimDue(request: ClaimRequest): Promise<readonly ClaimedMessage[]>;
  /** Changes nothing once the recipient has confirmed. */
  record(message: ClaimedMessage, outcome: RelayOutcome): Promise<void>;
  /** Forgets what was settled, and what was handled, before that instant. */
  forgetBefore(instant: Date): Promise<void>;
}
