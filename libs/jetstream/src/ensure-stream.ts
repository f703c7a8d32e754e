import { NOTIFICATION_STREAM, NOTIFICATION_SUBJECTS } from '@anw/notifications';
import { DiscardPolicy, JetStreamApiCodes, JetStreamApiError, type JetStreamManager, RetentionPolicy, StorageType } from '@nats-io/jetstream';
import { nanos } from '@nats-io/transport-node';

const DAY_MILLISECONDS = 24 * 3600_000;

const stream = {
  name: NOTIFICATION_STREAM,
  subjects: [NOTIFICATION_SUBJECTS],
  storage: StorageType.File,
  retention: RetentionPolicy.Limits,
  discard: DiscardPolicy.Old,
  max_age: nanos(7 * DAY_MILLISECONDS),
  // A repeat within this window is not stored twice; the recipient's inbox knows repeats for longer.
  duplicate_window: nanos(2 * 60_000),
  max_msg_size: 64 * 1024,
};

/** Makes the region's stream unless it is there: whoever comes first makes it, and its operator may have made it another way. */
export async function ensureStream(manager: JetStreamManager): Promise<void> {
  try {
    await manager.streams.info(stream.name);
  } catch (error) {
    if (!(error instanceof JetStreamApiError) || error.code !== JetStreamApiCodes.StreamNotFound) throw error;
    await manager.streams.add(stream);
  }
}
