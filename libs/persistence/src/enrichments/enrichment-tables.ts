import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** What came in from out-of-hours care, in the order in which it was numbered; where an organisation wants to hear of it, and what it has heard. */
export async function createEnrichmentTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE dossier_enrichment (
      organisation_id uuid NOT NULL,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      id uuid NOT NULL,
      type text COLLATE "C" NOT NULL,
      resource_id text COLLATE "C" NOT NULL,
      version text NOT NULL,
      patient_id text COLLATE "C" NOT NULL,
      written_at timestamptz NOT NULL,
      actor text NOT NULL,
      regisseur text NOT NULL,
      authorization_id text NOT NULL,
      practitioner_identifier text NOT NULL,
      practitioner_name text NOT NULL,
      PRIMARY KEY (organisation_id, sequence),
      UNIQUE (organisation_id, type, resource_id),
      UNIQUE (organisation_id, id)
    )`);
  await lockToOrganisation(runner, 'dossier_enrichment', ['SELECT', 'INSERT']);
  // To tell how far the numbering has come.
  await runner.query(`DO $$ BEGIN EXECUTE format('GRANT SELECT ON SEQUENCE dossier_enrichment_sequence_seq TO %I', current_setting('anw.application_role')); END $$`);
  await runner.query(`
    CREATE TABLE webhook (
      organisation_id uuid PRIMARY KEY,
      url text NOT NULL,
      encryption_key_id text NOT NULL,
      sealed_secret bytea NOT NULL,
      changed_at timestamptz NOT NULL
    )`);
  await lockToOrganisation(runner, 'webhook', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
  await runner.query(`
    CREATE TABLE webhook_delivery (
      organisation_id uuid NOT NULL,
      enrichment_id uuid NOT NULL,
      state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'delivered', 'parked')),
      attempts integer NOT NULL DEFAULT 0,
      last_failure text,
      created_at timestamptz NOT NULL,
      next_attempt_at timestamptz,
      delivered_at timestamptz,
      PRIMARY KEY (organisation_id, enrichment_id)
    )`);
  await runner.query('CREATE INDEX webhook_delivery_due ON webhook_delivery (next_attempt_at) WHERE next_attempt_at IS NOT NULL');
  await runner.query('CREATE INDEX webhook_delivery_newest ON webhook_delivery (organisation_id, created_at DESC)');
  await lockToOrganisation(runner, 'webhook_delivery', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}

/**
 * Who of the day team has read what came in. The journal is the one list of it: what was written before there was one is
 * noted in it too, and the index by which it was found in the record goes.
 */
export async function letDayTeamRead(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE enrichment_reading (
      organisation_id uuid NOT NULL,
      enrichment_id uuid NOT NULL,
      read_at timestamptz NOT NULL,
      read_by text NOT NULL,
      read_by_name text NOT NULL,
      PRIMARY KEY (organisation_id, enrichment_id)
    )`);
  await lockToOrganisation(runner, 'enrichment_reading', ['SELECT', 'INSERT', 'DELETE']);
  await runner.query('CREATE INDEX dossier_enrichment_visit ON dossier_enrichment (organisation_id, authorization_id, patient_id, sequence)');
  await runner.query('CREATE INDEX dossier_enrichment_patient ON dossier_enrichment (organisation_id, patient_id, sequence)');
  // Rows of every organisation, which row-level security keeps from the owner too.
  await runner.query(`SELECT set_config('anw.organisation', '*', true)`);
  await runner.query(`
    INSERT INTO dossier_enrichment (organisation_id, id, type, resource_id, version, patient_id, written_at, actor, regisseur, authorization_id, practitioner_identifier, practitioner_name)
    SELECT organisation_id, gen_random_uuid(), type, id, version::text, patient_id, last_updated, written_by, written_for, written_under, practitioner_identifier, coalesce(practitioner_name, '')
    FROM fhir_resource WHERE written_under IS NOT NULL AND patient_id IS NOT NULL AND practitioner_identifier IS NOT NULL ORDER BY last_updated
    ON CONFLICT (organisation_id, type, resource_id) DO NOTHING`);
  await runner.query(`SELECT set_config('anw.organisation', '', true)`);
  await runner.query('DROP INDEX fhir_resource_written_back');
}
