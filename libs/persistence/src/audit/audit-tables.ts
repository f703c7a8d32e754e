import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * The log (design D17): append-only by right, for the application role may only insert and select, and by trigger, for
 * everyone else. `sequence` orders the rows of all organisations; a chain over them is made in batches afterwards.
 */
export async function createAuditTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE audit_event (
      organisation_id uuid NOT NULL,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      id uuid NOT NULL,
      name text NOT NULL,
      outcome text NOT NULL CHECK (outcome IN ('success', 'minor-failure', 'serious-failure', 'major-failure')),
      at timestamptz NOT NULL,
      recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
      practitioner text,
      practitioner_name text,
      practitioner_role text,
      actor text,
      regisseur text,
      requesting_system text,
      patient text,
      authorization_id text,
      purpose_of_use text,
      query text,
      resources text[] NOT NULL DEFAULT '{}',
      reason text,
      reference text,
      PRIMARY KEY (organisation_id, sequence)
    )`);
  await runner.query('CREATE INDEX audit_event_of_patient ON audit_event (organisation_id, patient, sequence) WHERE patient IS NOT NULL');
  await runner.query('CREATE INDEX audit_event_of_reference ON audit_event (organisation_id, reference) WHERE reference IS NOT NULL');
  await refuseChanges(runner);
  await lockToOrganisation(runner, 'audit_event', ['SELECT', 'INSERT']);
}

async function refuseChanges(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      RAISE EXCEPTION 'the log is append-only: % refused', lower(TG_OP) USING ERRCODE = 'insufficient_privilege';
    END $$`);
  await runner.query('CREATE TRIGGER audit_event_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()');
}
