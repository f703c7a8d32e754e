import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * What an actor holds of its authorizations: credential and context while they last, then only that there was one.
 * The check makes "wiped" mean wiped.
 */
export async function createReceivedAuthorizationTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE received_authorization (
      organisation_id uuid NOT NULL,
      authorization_id text NOT NULL,
      practitioner text,
      valid_from timestamptz,
      valid_until timestamptz,
      offer uuid,
      jwt text,
      context jsonb,
      received_at timestamptz,
      opened_at timestamptz,
      withdrawn_at timestamptz,
      withdrawal text CHECK (withdrawal IN ('revoked', 'ended')),
      PRIMARY KEY (organisation_id, authorization_id),
      CONSTRAINT held_or_withdrawn CHECK (
        (withdrawn_at IS NULL AND jwt IS NOT NULL AND context IS NOT NULL AND offer IS NOT NULL AND received_at IS NOT NULL AND valid_from IS NOT NULL AND valid_until IS NOT NULL)
        OR (withdrawn_at IS NOT NULL AND withdrawal IS NOT NULL AND jwt IS NULL AND context IS NULL AND practitioner IS NULL)
      )
    )`);
  await runner.query('CREATE INDEX received_authorization_route ON received_authorization (organisation_id, received_at DESC) WHERE withdrawn_at IS NULL');
  await runner.query('CREATE INDEX received_authorization_over ON received_authorization (valid_until) WHERE withdrawn_at IS NULL');
  await lockToOrganisation(runner, 'received_authorization', ['SELECT', 'INSERT', 'UPDATE']);
}

/** Which visit an authorization extends: the one that it began with. Drafts and looks belong to the visit. */
export async function addContinuedVisit(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE received_authorization ADD COLUMN continues text');
  await runner.query('CREATE INDEX received_authorization_continues ON received_authorization (organisation_id, continues) WHERE continues IS NOT NULL');
}
