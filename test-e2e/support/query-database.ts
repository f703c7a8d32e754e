import type { Region, ServiceName } from '@anw/region';
import { Client, type QueryResultRow } from 'pg';

/** Looks into, or changes, the database of a service behind its back. */
export async function queryDatabase<Row extends QueryResultRow>({ file }: Region, service: ServiceName, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
  const { server, services } = file.database;
  const client = new Client({ connectionString: Object.assign(new URL(server), { pathname: new URL(services[service].url).pathname }).toString() });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...values])).rows;
  } finally {
    await client.end();
  }
}
