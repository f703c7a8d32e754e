import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * What nurses wrote and where it stands (design D18). Content is encrypted with the key of its authorization, which is itself
 * encrypted and goes when the authorization ends: the checks make "gone" mean gone. Of what could not be sent stays who, which
 * visit, what kind, since when and why.
 */
export async function createDraftTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE draft_key (
      organisation_id uuid NOT NULL,
      authorization_id text NOT NULL,
      encryption_key_id text NOT NULL,
      sealed bytea NOT NULL,
      PRIMARY KEY (organisation_id, authorization_id)
    )`);
  await lockToOrganisation(runner, 'draft_key', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
  await runner.query(`
    CREATE TABLE draft (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      authorization_id text NOT NULL,
      custodian text NOT NULL,
      practitioner text NOT NULL,
      kind text NOT NULL,
      state text NOT NULL CHECK (state IN ('draft', 'sending', 'accepted', 'refused', 'undelivered')),
      saved_at timestamptz NOT NULL,
      sent_at timestamptz,
      decided_at timestamptz,
      attempts int NOT NULL DEFAULT 0,
      claim int NOT NULL DEFAULT 0,
      next_attempt_at timestamptz,
      last_failure text,
      written int NOT NULL DEFAULT 0,
      leaving boolean NOT NULL DEFAULT false,
      warned_at timestamptz,
      content bytea,
      ended_at timestamptz,
      reason text CHECK (reason IN ('revoked', 'ended', 'shift-ended')),
      initials text,
      told_at timestamptz,
      seen_at timestamptz,
      acknowledged_at timestamptz,
      acknowledged_by text,
      PRIMARY KEY (organisation_id, id),
      CONSTRAINT draft_due_while_sending CHECK ((state = 'sending') = (next_attempt_at IS NOT NULL)),
      CONSTRAINT draft_held_or_undelivered CHECK (
        (state <> 'undelivered' AND content IS NOT NULL AND ended_at IS NULL AND reason IS NULL AND initials IS NULL)
        OR (state = 'undelivered' AND content IS NULL AND ended_at IS NOT NULL AND reason IS NOT NULL)
      )
    )`);
  await runner.query('CREATE INDEX draft_due ON draft (next_attempt_at) WHERE next_attempt_at IS NOT NULL');
  await runner.query('CREATE INDEX draft_of_authorization ON draft (organisation_id, authorization_id)');
  await runner.query("CREATE INDEX draft_undelivered ON draft (organisation_id, ended_at DESC) WHERE state = 'undelivered'");
  await lockToOrganisation(runner, 'draft', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}
