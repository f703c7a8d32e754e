import type { TestServers } from './test-servers.js';

/** Jest global tear-down of the adapter specs. */
export default async function stopForJest(): Promise<void> {
  await (globalThis as { anwTestServers?: TestServers }).anwTestServers?.stop();
}
