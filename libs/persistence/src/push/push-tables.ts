import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * Web Push: the key pair of each organisation, the browsers of its nurses that want to hear, and what is on its way to them.
 * Where a browser hears is sealed; a notice is a kind and a moment.
 */
export async function createPushTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE push_key (
      organisation_id uuid NOT NULL PRIMARY KEY,
      public_key text NOT NULL,
      encryption_key_id text NOT NULL,
      sealed bytea NOT NULL
    )`);
  await lockToOrganisation(runner, 'push_key', ['SELECT', 'INSERT', 'UPDATE']);
  await runner.query(`
    CREATE TABLE push_subscription (
      organisation_id uuid NOT NULL,
      endpoint_hash text NOT NULL UNIQUE,
      practitioner text NOT NULL,
      session_hash text NOT NULL,
      encryption_key_id text NOT NULL,
      sealed bytea NOT NULL,
      expires_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, endpoint_hash)
    )`);
  await runner.query('CREATE INDEX push_subscription_of_practitioner ON push_subscription (organisation_id, practitioner)');
  await runner.query('CREATE INDEX push_subscription_of_session ON push_subscription (session_hash)');
  await lockToOrganisation(runner, 'push_subscription', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
  await runner.query(`
    CREATE TABLE push_message (
      organisation_id uuid NOT NULL,
      endpoint_hash text NOT NULL,
      notice text NOT NULL,
      queued_at timestamptz NOT NULL,
      attempts int NOT NULL DEFAULT 0,
      next_attempt_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, endpoint_hash, notice),
      FOREIGN KEY (organisation_id, endpoint_hash) REFERENCES push_subscription ON DELETE CASCADE
    )`);
  await runner.query('CREATE INDEX push_message_due ON push_message (next_attempt_at)');
  await lockToOrganisation(runner, 'push_message', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}
