import { startNats } from './nats.js';
import { startPostgres } from './postgres.js';

export interface TestServers {
  /** Superuser connection to the server's `postgres` database. */
  readonly postgresUrl: string;
  readonly natsUrl: string;
  stop(): Promise<void>;
}

/** Starts what adapter specs meet. A server that cannot be had fails the run: nothing is skipped (design §8). */
export async function startTestServers(): Promise<TestServers> {
  const [postgres, nats] = await Promise.all([startPostgres(), startNats()]);
  return {
    postgresUrl: postgres.url,
    natsUrl: nats.url,
    stop: async () => {
      await Promise.all([postgres.stop(), nats.stop()]);
    },
  };
}
