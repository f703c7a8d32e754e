import type { Region } from '@anw/region';
import { Client } from 'pg';

const KEY = 20_260_613;

export interface HeldAnswers {
  /** How many of its answers wait now. */
  waiting(): Promise<number>;
  /** Lets them go; a second time does nothing. */
  release(): Promise<void>;
}

/**
 * Holds back what one custodian answers to FHIR searches: it answers nothing that it has not logged, and here its log rows
 * wait. Its neighbours in the same service go on. @param resourceType holds back searches for these alone
 */
export async function holdAnswers({ file }: Region, custodian: string, resourceType = ''): Promise<HeldAnswers> {
  const { server, services } = file.database;
  const client = new Client({ connectionString: Object.assign(new URL(server), { pathname: new URL(services.custodian.url).pathname }).toString() });
  await client.connect();
  const { rows } = await client.query<{ id: string }>('select organisation_id as id from organisation where name = $1', [custodian]);
  if (rows[0] === undefined) throw new Error(`no custodian ${custodian}`);
  await client.query('select pg_advisory_lock($1)', [KEY]);
  await client.query(`create or replace function hold_answer() returns trigger language plpgsql as $$ begin perform pg_advisory_xact_lock_shared(${KEY}); return new; end $$`);
  await client.query(
    `create trigger hold_answer before insert on audit_event for each row when (new.organisation_id = '${rows[0].id}' and new.name = 'fhir.search' and new.query like '${resourceType}%') execute function hold_answer()`,
  );
  let held = true;
  return {
    waiting: async () => Number((await client.query<{ count: string }>("select count(*) from pg_locks where locktype = 'advisory' and objid = $1 and not granted", [KEY])).rows[0]!.count),
    async release() {
      if (!held) return;
      held = false;
      try {
        await client.query('select pg_advisory_unlock($1)', [KEY]);
        await client.query('drop trigger hold_answer on audit_event');
      } finally {
        await client.end();
      }
    },
  };
}
