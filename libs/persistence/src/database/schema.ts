import type { QueryRunner } from 'typeorm';

export type TableRight = 'SELECT' | 'INSERT' | 'UPDATE' | 'DELETE';

/**
 * Locks a table to its organisation: row-level security compares `organisation_id` with the transaction's organisation
 * (design D2), and the application role gets the named rights and no other. `FORCE` makes it hold for the owner too.
 */
export async function lockToOrganisation(runner: QueryRunner, table: string, rights: readonly TableRight[]): Promise<void> {
  await runner.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY`);
  await runner.query(`ALTER TABLE ${table} FORCE ROW LEVEL SECURITY`);
  await runner.query(
    `CREATE POLICY organisation ON ${table} USING (
       current_setting('anw.organisation', true) = '*' OR organisation_id::text = current_setting('anw.organisation', true))`,
  );
  await grantToApplication(runner, table, rights);
}

/** Gives the application role these rights on a table that belongs to the service as a whole. */
export async function grantToApplication(runner: QueryRunner, table: string, rights: readonly TableRight[]): Promise<void> {
  await runner.query(
    `DO $$ BEGIN EXECUTE format('GRANT ${rights.join(', ')} ON ${table} TO %I', current_setting('anw.application_role')); END $$`,
  );
}
