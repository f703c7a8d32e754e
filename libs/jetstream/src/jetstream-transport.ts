import type { IncomingNotification, ReceiveResult, Recipient } from '@anw/notifications';
import type { Did } from '@anw/values';
import type { NatsConnection } from '@nats-io/transport-node';
import { type CustomTransportStrategy, Server } from '@nestjs/microservices';
import { lastValueFrom, type Observable } from 'rxjs';
import type { BusReadiness, JetStreamConnection } from './jetstream-connection.js';
import { type MessageVerdict, RecipientConsumer } from './recipient-consumer.js';

/** The pattern of the one handler: `@EventPattern(NOTIFICATION_PATTERN) handle(@Payload() message: BusNotification): Promise<ReceiveResult>`. */
export const NOTIFICATION_PATTERN = 'notification';

/** What the handler gets: whose notification it is, and the message as the bus brought it. */
export interface BusNotification extends IncomingNotification {
  readonly channel: 'bus';
  readonly recipient: Recipient;
  readonly attempt: number;
}

/**
 * Nest microservice transport over JetStream. A message is acknowledged after its handler's promise has resolved, given
 * again after a pause when the handler rejects or says `retry`, and taken off the bus when it was parked. Without a
 * connection (a region that has no bus) it hands out nothing and is always ready.
 */
export class JetStreamTransport extends Server implements CustomTransportStrategy {
  private readonly recipients = new Map<Did, Recipient>();
  private readonly consumers = new Map<Did, RecipientConsumer>();
  private listening = false;

  constructor(private readonly connection: JetStreamConnection | undefined) {
    super();
  }

  /** Returns at once: the bus may come later. */
  listen(callback: () => void): void {
    this.listening = true;
    this.connection?.open();
    for (const recipient of this.recipients.values()) this.startConsumer(recipient);
    callback();
  }

  /** Reads for this organisation from now on; again does no harm. */
  serve(recipient: Recipient): void {
    if (this.recipients.has(recipient.did)) return;
    this.recipients.set(recipient.did, recipient);
    if (this.listening) this.startConsumer(recipient);
  }

  readiness(): BusReadiness {
    return this.connection?.readiness() ?? { up: true, detail: 'no bus configured: notifications go by HTTPS alone' };
  }

  /** Takes nothing new, waits for the handlers that run, then closes the connection. */
  async close(): Promise<void> {
    this.listening = false;
    await Promise.all([...this.consumers.values()].map((consumer) => consumer.close()));
    this.consumers.clear();
    await this.connection?.close();
  }

  /** There are no events beside the messages themselves; `readiness` tells of the connection. */
  on(): void {}

  unwrap<T = NatsConnection>(): T {
    if (this.connection === undefined) throw new Error('no bus configured');
    return this.connection.requireLink().connection as T;
  }

  private startConsumer(recipient: Recipient): void {
    if (this.connection === undefined) return;
    const consumer = new RecipientConsumer(recipient, {
      connection: this.connection,
      handle: (...message) => this.handleMessage(...message),
      onError: (error) => this.logger.warn(`reading notifications was interrupted and starts again: ${nameOf(error)}`),
    });
    this.consumers.set(recipient.did, consumer);
  }

  private async handleMessage(recipient: Recipient, jws: string, attempt: number): Promise<MessageVerdict> {
    try {
      return this.verdictOn(await this.callHandler({ recipient, jws, attempt, channel: 'bus' }));
    } catch (error) {
      this.logger.error('handler of a notification failed; the bus offers it again', error instanceof Error ? error.stack : undefined);
      return 'again';
    }
  }

  private async callHandler(message: BusNotification): Promise<ReceiveResult | undefined> {
    const handler = this.getHandlerByPattern(NOTIFICATION_PATTERN);
    if (handler === null) throw new Error(`no handler of the pattern "${NOTIFICATION_PATTERN}"`);
    const result: Observable<ReceiveResult | undefined> = this.transformToObservable(await handler(message));
    return lastValueFrom(result, { defaultValue: undefined });
  }

  private verdictOn(result: ReceiveResult | undefined): MessageVerdict {
    switch (result?.kind) {
      case 'retry':
        this.logger.warn(`a notification could not be handled now; the bus offers it again: ${nameOf(result.cause)}`);
        return 'again';
      case 'parked':
        this.logger.warn(`a message from the bus was parked: ${result.reason}`);
        return 'terminate';
      default:
        return 'acknowledge';
    }
  }
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const code = (error as { code?: unknown }).code;
  return code === undefined ? error.name : `${error.name} ${String(code)}`;
}
