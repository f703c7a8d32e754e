import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Care requests of a regisseur with the outcome of their triage. */
export async function createCareRequestTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE care_request (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('planned', 'unplanned')),
      reported_by text NOT NULL,
      description text NOT NULL,
      urgency text NOT NULL,
      received_at timestamptz NOT NULL,
      outcome text CHECK (outcome IN ('nothing-needed', 'informal-carer', 'emergency-112', 'out-of-hours-care')),
      decided_at timestamptz,
      decided_by text,
      PRIMARY KEY (organisation_id, id),
      CONSTRAINT triaged_or_not CHECK ((outcome IS NULL) = (decided_at IS NULL) AND (outcome IS NULL) = (decided_by IS NULL))
    )`);
  await runner.query('CREATE INDEX care_request_newest ON care_request (organisation_id, received_at DESC)');
  await lockToOrganisation(runner, 'care_request', ['SELECT', 'INSERT', 'UPDATE']);
}
