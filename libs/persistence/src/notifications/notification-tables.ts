import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Tables of the notifications of one service: on their way out, handled, and not understood. */
export async function createNotificationTables(runner: QueryRunner): Promise<void> {
  await createOutbox(runner);
  await createInbox(runner);
  await createParking(runner);
}

/** `next_attempt_at` is absent when there is nothing left to send; the index over the rest is the relay's work list. */
async function createOutbox(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE notification_outbox (
    organisation_id uuid NOT NULL,
    event_id uuid NOT NULL,
    recipient text NOT NULL,
    event jsonb NOT NULL,
    jws text NOT NULL,
    state text NOT NULL DEFAULT 'pending' CHECK (state IN ('pending', 'sent', 'received', 'parked')),
    attempts integer NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    next_attempt_at timestamptz,
    bus_taken_at timestamptz,
    received_at timestamptz,
    last_failure text,
    PRIMARY KEY (organisation_id, event_id)
  )`);
  await runner.query('CREATE INDEX notification_outbox_due ON notification_outbox (next_attempt_at) WHERE next_attempt_at IS NOT NULL');
  await lockToOrganisation(runner, 'notification_outbox', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}

/** CloudEvents 1.0: source and id together name an event; another sender that takes the same id stands in no one's way. */
async function createInbox(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE notification_inbox (
    organisation_id uuid NOT NULL,
    event_id uuid NOT NULL,
    source text NOT NULL,
    type text NOT NULL,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, event_id, source)
  )`);
  await lockToOrganisation(runner, 'notification_inbox', ['SELECT', 'INSERT', 'DELETE']);
}

async function createParking(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE notification_parked (
    organisation_id uuid NOT NULL,
    id text NOT NULL,
    channel text NOT NULL CHECK (channel IN ('bus', 'https')),
    reason text NOT NULL,
    received_at timestamptz NOT NULL,
    size integer NOT NULL,
    PRIMARY KEY (organisation_id, id)
  )`);
  await runner.query('CREATE INDEX notification_parked_newest ON notification_parked (organisation_id, received_at)');
  await lockToOrganisation(runner, 'notification_parked', ['SELECT', 'INSERT', 'DELETE']);
}
