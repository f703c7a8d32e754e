import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** A custodian's own FHIR store: resources, the codes by which they are searched, the keys by which patients are found. */
export async function createFhirResourceTables(runner: QueryRunner): Promise<void> {
  await createResourceTable(runner);
  await createSearchTokenTable(runner);
  await createPatientKeyTable(runner);
}

/** `written_*` tell who wrote it back and on whose authority; empty for what the organisation loaded itself. */
async function createResourceTable(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE fhir_resource (
      organisation_id uuid NOT NULL,
      type text COLLATE "C" NOT NULL,
      id text COLLATE "C" NOT NULL,
      version integer NOT NULL,
      patient_id text COLLATE "C",
      body jsonb NOT NULL,
      sort_date timestamptz NOT NULL,
      last_updated timestamptz NOT NULL,
      written_under text,
      written_by text,
      written_for text,
      practitioner_identifier text,
      practitioner_name text,
      write_key text,
      fingerprint text,
      PRIMARY KEY (organisation_id, type, id),
      CHECK ((written_under IS NULL) = (written_by IS NULL AND write_key IS NULL AND fingerprint IS NULL))
    )`);
  // Decides that a write happens once (design D18).
  await runner.query('CREATE UNIQUE INDEX fhir_resource_write ON fhir_resource (organisation_id, written_by, write_key)');
  await runner.query('CREATE INDEX fhir_resource_written_back ON fhir_resource (organisation_id, last_updated) WHERE written_under IS NOT NULL');
  await lockToOrganisation(runner, 'fhir_resource', ['SELECT', 'INSERT', 'UPDATE']);
}

/** "This patient, this code, newest five" is one range of the primary key. An empty parameter stands for every resource of the type. */
async function createSearchTokenTable(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE fhir_search_token (
      organisation_id uuid NOT NULL,
      patient_id text COLLATE "C" NOT NULL,
      type text COLLATE "C" NOT NULL,
      parameter text COLLATE "C" NOT NULL,
      token text COLLATE "C" NOT NULL,
      sort_date timestamptz NOT NULL,
      resource_id text COLLATE "C" NOT NULL,
      PRIMARY KEY (organisation_id, patient_id, type, parameter, token, sort_date, resource_id)
    )`);
  await lockToOrganisation(runner, 'fhir_search_token', ['SELECT', 'INSERT', 'DELETE']);
}

/** Keyed hashes of BSN, and of family name with birth date: the table alone tells nothing. */
async function createPatientKeyTable(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE fhir_patient_key (
      organisation_id uuid NOT NULL,
      search_key bytea NOT NULL,
      patient_id text COLLATE "C" NOT NULL,
      PRIMARY KEY (organisation_id, search_key, patient_id)
    )`);
  await runner.query('CREATE INDEX fhir_patient_key_patient ON fhir_patient_key (organisation_id, patient_id)');
  await lockToOrganisation(runner, 'fhir_patient_key', ['SELECT', 'INSERT', 'DELETE']);
}
