import type { NotificationEvent } from './event.js';

export type DeliveryState = 'pending' | 'sent' | 'received' | 'parked';

/** A signed notification on its way out. */
export interface OutboxMessage {
  readonly event: NotificationEvent;
  /** Compact JWS over the event, signed when it was put in the outbox. */
  readonly jws: string;
  readonly state: DeliveryState;
  readonly attempts: number;
  readonly nextAttemptAt: Date;
}

/** Where a use case leaves a notification, in the transaction of its effect (design D12). */
export interface Outbox {
  put(event: NotificationEvent, jws: string): Promise<void>;
  /** The recipient confirmed: nothing more to send. Unknown ids are ignored. */
  markReceived(eventId: string, at: Date): Promise<void>;
}

/** What has been handled already, in the transaction of the effect: a repeat changes nothing. */
export interface Inbox {
  /** Answers false when this organisation stored that event before. */
  accept(event: NotificationEvent, receivedAt: Date): Promise<boolean>;
}

/** What could not be understood or verified: kept for people to look at, never retried for ever. */
export interface ParkedMessage {
  readonly id: string;
  readonly channel: 'bus' | 'https';
  readonly reason: string;
  readonly receivedAt: Date;
  readonly size: number;
}

export interface Parking {
  park(message: ParkedMessage): Promise<void>;
  listParked(limit: number): Promise<readonly ParkedMessage[]>;
}

/** Carries a signed notification to its recipient over one channel. */
export interface NotificationChannel {
  readonly name: 'bus' | 'https';
  /** Resolves when the channel has taken it durably (bus) or the recipient has answered 202 (https). Rejects otherwise. */
  send(message: Pick<OutboxMessage, 'event' | 'jws'>): Promise<void>;
}
