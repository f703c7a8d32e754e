import { NOTIFICATION_STREAM, type NotificationChannel, notificationSubject, type OutboxMessage } from '@anw/notifications';
import { ensureStream } from './ensure-stream.js';
import type { JetStreamConnection } from './jetstream-connection.js';

/** Publishes a signed notification on the bus. The event's id lets the broker drop a repeat (`Nats-Msg-Id`). */
export class JetStreamChannel implements NotificationChannel {
  readonly name = 'bus';

  constructor(
    private readonly connection: JetStreamConnection,
    private readonly timeoutMilliseconds = 2_000,
  ) {}

  /** Resolves when the stream has stored it. @throws BusUnavailableError at once when there is no connection. */
  async send({ event, jws }: Pick<OutboxMessage, 'event' | 'jws'>): Promise<void> {
    const { client, manager } = this.connection.requireLink();
    const options = { msgID: event.id, timeout: this.timeoutMilliseconds, expect: { streamName: NOTIFICATION_STREAM } };
    try {
      await client.publish(notificationSubject(event), jws, options);
    } catch (error) {
      // Somebody may have removed the stream under us: the next attempt finds it again.
      void ensureStream(manager).catch(() => undefined);
      throw error;
    }
  }
}
