import { jetstream, jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';

export interface BusMessage {
  readonly subject: string;
  /** As on the wire, one per line; empty without. */
  readonly headers: string;
  readonly text: string;
}

const STREAM = 'ANW';

/** Every message that lies on the bus of the region, oldest first, without taking any away. */
export async function readBus(url: string): Promise<readonly BusMessage[]> {
  const connection = await connect({ servers: url });
  try {
    const { state } = await (await jetstreamManager(connection)).streams.info(STREAM);
    if (state.messages === 0) return [];
    const consumer = await jetstream(connection).consumers.get(STREAM);
    const found: BusMessage[] = [];
    for await (const message of await consumer.consume()) {
      found.push({ subject: message.subject, headers: message.headers?.toString() ?? '', text: message.string() });
      if (message.seq >= state.last_seq) break;
    }
    return found;
  } finally {
    await connection.close();
  }
}
