import type { Organisation, Signers, VerificationKeys } from '@anw/identity';
import type { Clock, OrganisationId } from '@anw/values';
import { createHash } from 'node:crypto';
import { createReceipt } from './create-event.js';
import { isReceipt, isToOneself, type NotificationEvent, type NotificationType } from './event.js';
import { type ParkingReason, UnacceptableNotificationError } from './notification-error.js';
import type { ChannelName, Inbox, Outbox, Parking } from './outbox.js';
import { signEvent } from './sign-event.js';
import { verifyEvent } from './verify-event.js';

/** A message as a channel brings it: nothing is known of it. */
export interface IncomingNotification {
  readonly jws: string;
  readonly channel: ChannelName;
  /** How often this channel has offered it, counted from 1, when the channel itself repeats (bus). */
  readonly attempt?: number;
}

export type Recipient = Pick<Organisation, 'id' | 'did'>;

/** What commits together with the effect of a notification. */
export interface NotificationStores {
  readonly inbox: Inbox;
  readonly outbox: Outbox;
  readonly parking: Parking;
}

/** What a service does on one type of notification. */
export interface NotificationEffect<Stores, Prepared = unknown> {
  /** Work outside the transaction, such as pulling what the notification refers to. May run again for the same event. */
  prepare?(event: NotificationEvent, recipient: Recipient): Promise<Prepared>;
  /** Runs once per event, in the transaction that also remembers the event and puts the receipt in the outbox. */
  apply(stores: Stores, event: NotificationEvent, prepared: Prepared, recipient: Recipient): Promise<void>;
}

/** The types a service takes; any other is parked (design D15). */
export type NotificationEffects<Stores> = Partial<Record<NotificationType, NotificationEffect<Stores>>>;

export interface ReceiveNotificationPorts<Stores extends NotificationStores> {
  readonly keys: VerificationKeys;
  readonly signers: Signers;
  readonly clock: Clock;
  readonly effects: NotificationEffects<Stores>;
  readonly transaction: <T>(organisation: OrganisationId, work: (stores: Stores) => Promise<T>) => Promise<T>;
  /** Called after a commit that left something in the outbox: wakes the relay. */
  readonly committed?: () => void;
}

/** Tells the channel what to answer: all but `retry` is settled. */
export type ReceiveResult =
  | { readonly kind: 'stored'; readonly event: NotificationEvent }
  | { readonly kind: 'repeated'; readonly event: NotificationEvent }
  | { readonly kind: 'parked'; readonly reason: ParkingReason }
  | { readonly kind: 'retry'; readonly cause: unknown };

/** About an hour of the bus's pauses. The sender repeats for a day, so that giving up here loses nothing. */
const MAX_ATTEMPTS = 60;

/**
 * Takes in one notification: verifies it, then stores the event, its effect and the receipt in one transaction
 * (design D12). A repeat has no effect but is receipted again, because the first receipt may be lost. What can never
 * succeed is parked; what may succeed later is `retry`. What we told our own systems comes around to us as well: that it came
 * is its receipt. Never rejects.
 */
export async function receiveNotification<Stores extends NotificationStores>(
  recipient: Recipient,
  incoming: IncomingNotification,
  ports: ReceiveNotificationPorts<Stores>,
): Promise<ReceiveResult> {
  try {
    return await accept(recipient, incoming, ports);
  } catch (error) {
    const reason = reasonToPark(error, incoming);
    return reason === undefined ? { kind: 'retry', cause: error } : park(recipient, incoming, reason, ports);
  }
}

async function accept<Stores extends NotificationStores>(recipient: Recipient, incoming: IncomingNotification, ports: ReceiveNotificationPorts<Stores>): Promise<ReceiveResult> {
  const event = await verifyEvent(incoming.jws, ports.keys, { recipient: recipient.did, now: ports.clock() });
  const effect = effectOf(event, ports.effects);
  const receipt = await receiptFor(event, recipient, ports);
  const prepared = await prepare(effect, event, recipient, ports);
  const stored = await ports.transaction(recipient.id, async (stores) => {
    const isNew = await stores.inbox.accept(event, ports.clock());
    if (isNew) await applyEffect(stores, event, effect, prepared, recipient, ports);
    if (receipt !== undefined) await stores.outbox.put(receipt.event, receipt.jws);
    return isNew;
  });
  if (receipt !== undefined) ports.committed?.();
  return { kind: stored ? 'stored' : 'repeated', event };
}

/** A receipt has an effect of its own, in the outbox; what else a service does on it is its own choice. */
function effectOf<Stores>(event: NotificationEvent, effects: NotificationEffects<Stores>): NotificationEffect<Stores> | undefined {
  const effect = effects[event.type];
  if (effect === undefined && !isReceipt(event)) throw new UnacceptableNotificationError('unexpected-type');
  return effect;
}

async function receiptFor<Stores extends NotificationStores>(event: NotificationEvent, recipient: Recipient, ports: ReceiveNotificationPorts<Stores>) {
  if (isReceipt(event) || isToOneself(event)) return undefined;
  const receipt = createReceipt(event, { now: ports.clock() });
  return { event: receipt, jws: await signEvent(receipt, await ports.signers.signerFor(recipient.did)) };
}

/** Looks in the inbox first, so that a repeat does not fetch anything. */
async function prepare<Stores extends NotificationStores>(
  effect: NotificationEffect<Stores> | undefined,
  event: NotificationEvent,
  recipient: Recipient,
  ports: ReceiveNotificationPorts<Stores>,
): Promise<unknown> {
  if (effect?.prepare === undefined) return undefined;
  const repeated = await ports.transaction(recipient.id, (stores) => stores.inbox.has(event));
  return repeated ? undefined : effect.prepare(event, recipient);
}

async function applyEffect<Stores extends NotificationStores>(
  stores: Stores,
  event: NotificationEvent,
  effect: NotificationEffect<Stores> | undefined,
  prepared: unknown,
  recipient: Recipient,
  ports: ReceiveNotificationPorts<Stores>,
): Promise<void> {
  const confirmed = isToOneself(event) ? event.id : event.data.inReplyTo;
  if (confirmed !== undefined) await stores.outbox.markReceived(confirmed, ports.clock(), event.source);
  await effect?.apply(stores, event, prepared, recipient);
}

function reasonToPark(error: unknown, incoming: IncomingNotification): ParkingReason | undefined {
  if (error instanceof UnacceptableNotificationError) return error.code;
  return (incoming.attempt ?? 1) >= MAX_ATTEMPTS ? 'kept-failing' : undefined;
}

async function park<Stores extends NotificationStores>(
  recipient: Recipient,
  incoming: IncomingNotification,
  reason: ParkingReason,
  ports: ReceiveNotificationPorts<Stores>,
): Promise<ReceiveResult> {
  const message = {
    id: createHash('sha256').update(incoming.jws).digest('hex').slice(0, 32),
    channel: incoming.channel,
    reason,
    receivedAt: ports.clock(),
    size: Buffer.byteLength(incoming.jws),
  };
  try {
    await ports.transaction(recipient.id, ({ parking }) => parking.park(message));
    return { kind: 'parked', reason };
  } catch (cause) {
    return { kind: 'retry', cause };
  }
}
