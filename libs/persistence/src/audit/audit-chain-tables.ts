import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * The chain over the log (design D17): links that hold the hashes of rows, and signed heads. Append-only as the log
 * itself. The application reads how far the numbering of the rows has come, to know which rows it may seal.
 */
export async function createAuditChainTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE audit_link (
      organisation_id uuid NOT NULL,
      position bigint NOT NULL CHECK (position > 0),
      through bigint NOT NULL,
      sealed_at timestamptz NOT NULL,
      previous_hash bytea NOT NULL CHECK (octet_length(previous_hash) = 32),
      hash bytea NOT NULL CHECK (octet_length(hash) = 32),
      sequences bigint[] NOT NULL,
      row_hashes bytea NOT NULL CHECK (octet_length(row_hashes) = 32 * cardinality(sequences)),
      PRIMARY KEY (organisation_id, position)
    )`);
  await runner.query(`
    CREATE TABLE audit_head (
      organisation_id uuid NOT NULL,
      position bigint NOT NULL,
      signed_at timestamptz NOT NULL,
      jws text NOT NULL,
      PRIMARY KEY (organisation_id, position)
    )`);
  for (const table of ['audit_link', 'audit_head']) {
    await runner.query(`CREATE TRIGGER ${table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ${table} FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()`);
    await lockToOrganisation(runner, table, ['SELECT', 'INSERT']);
  }
  await runner.query(`
    DO $$ BEGIN
      EXECUTE format('GRANT SELECT ON SEQUENCE %s TO %I', pg_get_serial_sequence('audit_event', 'sequence'), current_setting('anw.application_role'));
    END $$`);
  // Rows come in order of time, so a handful of bytes per megabyte finds a period, at no cost for who writes.
  await runner.query('CREATE INDEX audit_event_at ON audit_event USING brin (at)');
}
