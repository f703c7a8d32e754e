import { startTestServers } from './test-servers.js';

/** Jest global set-up of the adapter specs: a real PostgreSQL and a real NATS JetStream, once per run. */
export default async function startForJest(): Promise<void> {
  const servers = await startTestServers();
  process.env['ANW_TEST_POSTGRES_URL'] = servers.postgresUrl;
  process.env['ANW_TEST_NATS_URL'] = servers.natsUrl;
  (globalThis as { anwTestServers?: unknown }).anwTestServers = servers;
}
