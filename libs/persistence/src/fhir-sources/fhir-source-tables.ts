import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Organisations whose record lies in a FHIR server of their own, and what was written there through us. */
export async function createFhirSourceTables(runner: QueryRunner): Promise<void> {
  await createSourceTable(runner);
  await createSourceWriteTable(runner);
}

/** Address and credential of that server, sealed as a whole: a credential in clear would open the whole record. */
async function createSourceTable(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE fhir_source (
      organisation_id uuid PRIMARY KEY,
      encryption_key_id text NOT NULL,
      sealed bytea NOT NULL,
      changed_at timestamptz NOT NULL
    )`);
  await lockToOrganisation(runner, 'fhir_source', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}

/** The key decides that a write is sent by one at a time and happens once (design D18). `resource_id` is ours until the source has named it. */
async function createSourceWriteTable(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE fhir_source_write (
      organisation_id uuid NOT NULL,
      written_by text NOT NULL,
      write_key text NOT NULL,
      type text COLLATE "C" NOT NULL,
      resource_id text COLLATE "C" NOT NULL,
      patient_id text COLLATE "C" NOT NULL,
      written_under text NOT NULL,
      fingerprint text NOT NULL,
      claimed_until timestamptz NOT NULL,
      version text,
      settled_at timestamptz,
      PRIMARY KEY (organisation_id, written_by, write_key),
      CHECK ((version IS NULL) = (settled_at IS NULL))
    )`);
  await runner.query('CREATE INDEX fhir_source_write_resource ON fhir_source_write (organisation_id, type, resource_id)');
  await lockToOrganisation(runner, 'fhir_source_write', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}
