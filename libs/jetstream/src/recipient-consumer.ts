import { durableName, NOTIFICATION_STREAM, recipientFilter, type Recipient } from '@anw/notifications';
import { AckPolicy, type ConsumerConfig, DeliverPolicy, JetStreamApiCodes, JetStreamApiError, type JetStreamManager, type JsMsg, ReplayPolicy } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureStream } from './ensure-stream.js';
import type { JetStreamConnection, JetStreamLink } from './jetstream-connection.js';

/** What to tell the broker: done, done for bad, or once more after a pause. */
export type MessageVerdict = 'acknowledge' | 'terminate' | 'again';

export interface RecipientConsumerPorts {
  readonly connection: JetStreamConnection;
  /** Never rejects. */
  readonly handle: (recipient: Recipient, jws: string, attempt: number) => Promise<MessageVerdict>;
  readonly onError: (error: unknown) => void;
}

/**
 * After this without a word from us the broker gives the message to another replica, or to the same service come back: as long
 * does a nurse wait for what was in hand when a process died. What waits or takes long here is kept by asking.
 */
const ACK_WAIT_MILLISECONDS = 5_000;
const MAX_CONCURRENT = 16;
/** Messages that wait for their next attempt count as well: well above what a region has on its way. */
const MAX_ACK_PENDING = 1_000;
const PAUSES_SECONDS = [1, 2, 5, 10, 30, 60];

/** A message that the broker has handed us, kept ours until it is settled. */
interface MessageInHand {
  readonly message: JsMsg;
  readonly keeping: NodeJS.Timeout;
}

/**
 * Reads what is meant for one organisation, under a durable name that all replicas share. What was published while
 * nobody read, or before the organisation was known here, comes first.
 */
export class RecipientConsumer {
  private readonly waiting: MessageInHand[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly stopHearing: () => void;
  private stopReading: (() => Promise<unknown>) | undefined;
  private reading = 0;
  private closed = false;

  constructor(
    private readonly recipient: Recipient,
    private readonly ports: RecipientConsumerPorts,
  ) {
    // Each (re)connection starts a new reading: one that outlived its connection may have missed that its consumer is gone.
    this.stopHearing = ports.connection.onUp((link) => void this.read(link));
  }

  /** Takes nothing new; resolves when what was in hand is settled. */
  async close(): Promise<void> {
    this.closed = true;
    this.stopHearing();
    await this.stopReading?.();
    for (const { message, keeping } of this.waiting.splice(0)) {
      clearInterval(keeping);
      message.nak();
    }
    await Promise.all(this.underWay);
  }

  private async read(link: JetStreamLink): Promise<void> {
    const reading = (this.reading += 1);
    const isCurrent = () => !this.closed && this.reading === reading && !link.connection.isClosed();
    void this.stopReading?.();
    while (isCurrent()) {
      try {
        await this.readUntilInterrupted(link, isCurrent);
      } catch (error) {
        if (isCurrent()) this.ports.onError(error);
      }
      await sleep(500);
    }
  }

  private async readUntilInterrupted(link: JetStreamLink, isCurrent: () => boolean): Promise<void> {
    await ensureConsumer(link.manager, this.recipient);
    const consumer = await link.client.consumers.get(NOTIFICATION_STREAM, durableName(this.recipient.did));
    const messages = await consumer.consume({ callback: (message) => this.receive(message), max_messages: MAX_CONCURRENT * 2, abort_on_missing_resource: true });
    this.stopReading = () => messages.close();
    if (!isCurrent()) await messages.close();
    const interruption = await messages.closed();
    if (interruption instanceof Error) throw interruption;
  }

  private receive(message: JsMsg): void {
    this.waiting.push({ message, keeping: setInterval(() => message.working(), ACK_WAIT_MILLISECONDS / 3) });
    this.startWaiting();
  }

  private startWaiting(): void {
    while (this.underWay.size < MAX_CONCURRENT && !this.closed) {
      const inHand = this.waiting.shift();
      if (inHand === undefined) return;
      const work = this.settle(inHand).finally(() => {
        this.underWay.delete(work);
        this.startWaiting();
      });
      this.underWay.add(work);
    }
  }

  private async settle({ message, keeping }: MessageInHand): Promise<void> {
    const attempt = message.info.deliveryCount;
    const verdict = await this.ports.handle(this.recipient, message.string(), attempt);
    clearInterval(keeping);
    switch (verdict) {
      case 'acknowledge':
        return message.ack();
      case 'terminate':
        return message.term();
      case 'again':
        return message.nak(pauseMilliseconds(attempt));
    }
  }
}

function pauseMilliseconds(attempt: number): number {
  return (PAUSES_SECONDS[Math.min(attempt, PAUSES_SECONDS.length) - 1] ?? 1) * 1000;
}

async function ensureConsumer(manager: JetStreamManager, recipient: Recipient): Promise<void> {
  const name = durableName(recipient.did);
  await ensureStream(manager);
  try {
    await manager.consumers.info(NOTIFICATION_STREAM, name);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.ConsumerNotFound) throw error;
    await manager.consumers.add(NOTIFICATION_STREAM, consumerConfig(name, recipient));
  }
}

function consumerConfig(name: string, recipient: Recipient): Partial<ConsumerConfig> {
  return {
    durable_name: name,
    filter_subject: recipientFilter(recipient.did),
    deliver_policy: DeliverPolicy.All,
    replay_policy: ReplayPolicy.Instant,
    ack_policy: AckPolicy.Explicit,
    ack_wait: nanos(ACK_WAIT_MILLISECONDS),
    max_ack_pending: MAX_ACK_PENDING,
    // Whether a message can still succeed is for the handler to say, which parks it.
    max_deliver: -1,
  };
}
