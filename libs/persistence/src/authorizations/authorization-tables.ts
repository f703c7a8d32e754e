import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/**
 * Authorizations that a regisseur issued, with the context that the actor pulls. Needs the tables of care requests and shifts.
 * A request id is claimed in a table of its own, so that simultaneous clicks wait for each other before anything is issued.
 */
export async function createAuthorizationTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE authorization_request (
      organisation_id uuid NOT NULL,
      request_id uuid NOT NULL,
      authorization_id uuid NOT NULL,
      PRIMARY KEY (organisation_id, request_id)
    )`);
  await lockToOrganisation(runner, 'authorization_request', ['SELECT', 'INSERT']);
  await runner.query(`
    CREATE TABLE issued_authorization (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      credential_id text NOT NULL,
      credential text NOT NULL,
      request_id uuid NOT NULL,
      care_request_id uuid NOT NULL,
      shift_id uuid NOT NULL,
      custodian text NOT NULL,
      custodian_name text NOT NULL,
      actor text NOT NULL,
      actor_name text NOT NULL,
      practitioner text NOT NULL,
      practitioner_name text NOT NULL,
      patient_handle text NOT NULL,
      delegation text NOT NULL,
      patient jsonb NOT NULL,
      note text NOT NULL,
      urgency text NOT NULL,
      visit_from timestamptz NOT NULL,
      visit_until timestamptz NOT NULL,
      valid_from timestamptz NOT NULL,
      valid_until timestamptz NOT NULL,
      issued_at timestamptz NOT NULL,
      issued_by text NOT NULL,
      offer uuid NOT NULL,
      received_at timestamptz,
      opened_at timestamptz,
      refused_at timestamptz,
      revoked_at timestamptz,
      PRIMARY KEY (organisation_id, id),
      UNIQUE (organisation_id, request_id),
      FOREIGN KEY (organisation_id, care_request_id) REFERENCES care_request (organisation_id, id),
      FOREIGN KEY (organisation_id, shift_id) REFERENCES shift (organisation_id, id),
      CHECK (valid_until > valid_from)
    )`);
  await runner.query('CREATE INDEX issued_authorization_newest ON issued_authorization (organisation_id, issued_at DESC)');
  await runner.query('CREATE INDEX issued_authorization_of_actor ON issued_authorization (organisation_id, actor, valid_until)');
  await runner.query('CREATE INDEX issued_authorization_of_request ON issued_authorization (organisation_id, care_request_id)');
  await lockToOrganisation(runner, 'issued_authorization', ['SELECT', 'INSERT', 'UPDATE']);
}

/** Which authorizations open how to get into a home, by the triagist's choice. */
export async function handHomeAccessAlong(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE issued_authorization ADD COLUMN home_access boolean NOT NULL DEFAULT false');
}

/** What happens after sending: by when it has to be opened, the alarm, the first report, why it was taken back, and what came before and after it. */
export async function followAuthorizations(runner: QueryRunner): Promise<void> {
  await runner.query(`
    ALTER TABLE issued_authorization
      ADD COLUMN reported_at timestamptz,
      ADD COLUMN revoked_by text,
      ADD COLUMN revoke_reason text,
      ADD COLUMN open_before timestamptz,
      ADD COLUMN alarm_at timestamptz,
      ADD COLUMN acknowledged_at timestamptz,
      ADD COLUMN acknowledged_by text,
      ADD COLUMN follows uuid,
      ADD COLUMN follows_how text CHECK (follows_how IN ('reassigned', 'extended')),
      ADD COLUMN replaced_by uuid,
      ADD COLUMN extended_since timestamptz,
      ADD CONSTRAINT follows_somehow CHECK ((follows IS NULL) = (follows_how IS NULL)),
      ADD CONSTRAINT acknowledged_by_somebody CHECK ((acknowledged_at IS NULL) = (acknowledged_by IS NULL))`);
  await runner.query(`CREATE INDEX issued_authorization_to_open ON issued_authorization (organisation_id, open_before) WHERE ${UNOPENED}`);
}

/** What an alarm may still have to ring for. */
export const UNOPENED = 'open_before IS NOT NULL AND opened_at IS NULL AND revoked_at IS NULL AND replaced_by IS NULL AND alarm_at IS NULL';
