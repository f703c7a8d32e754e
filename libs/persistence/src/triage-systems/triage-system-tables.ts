import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Triage systems that a regisseur lets in, their access tokens by hash, what they asked for, and what each has been told. */
export async function createTriageSystemTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE triage_system (
      organisation_id uuid NOT NULL,
      id text NOT NULL,
      name text NOT NULL,
      secret_hash text NOT NULL,
      created_at timestamptz NOT NULL,
      webhook_url text,
      encryption_key_id text,
      sealed_secret bytea,
      PRIMARY KEY (organisation_id, id),
      CONSTRAINT webhook_is_whole CHECK ((webhook_url IS NULL) = (sealed_secret IS NULL) AND (webhook_url IS NULL) = (encryption_key_id IS NULL))
    )`);
  await lockToOrganisation(runner, 'triage_system', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
  await runner.query(`
    CREATE TABLE triage_token (
      organisation_id uuid NOT NULL,
      hash text NOT NULL,
      system text NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, hash),
      FOREIGN KEY (organisation_id, system) REFERENCES triage_system (organisation_id, id) ON DELETE CASCADE
    )`);
  await lockToOrganisation(runner, 'triage_token', ['SELECT', 'INSERT', 'DELETE']);
  await runner.query(`
    CREATE TABLE triage_order (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      system text NOT NULL,
      idempotency_key text NOT NULL,
      fingerprint text NOT NULL,
      created_at timestamptz NOT NULL,
      told text,
      attempts integer NOT NULL DEFAULT 0,
      look_at timestamptz,
      last_failure text,
      PRIMARY KEY (organisation_id, id),
      UNIQUE (organisation_id, system, idempotency_key)
    )`);
  await runner.query('CREATE INDEX triage_order_to_look_at ON triage_order (look_at) WHERE look_at IS NOT NULL');
  await lockToOrganisation(runner, 'triage_order', ['SELECT', 'INSERT', 'UPDATE']);
}

/** What was given up is counted at every look at the metrics, among everything that was ever asked for. */
export async function findParkedOrders(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE INDEX triage_order_parked ON triage_order (organisation_id, system) WHERE look_at IS NULL AND last_failure IS NOT NULL');
}
