import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Allowlist rows and enrolments that wait for a second operator, and what became of them. No check reads this table. */
export async function createProposalTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE proposal (
      organisation_id uuid NOT NULL,
      id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('allowlist-row', 'enrolment')),
      regisseur text NOT NULL,
      actor text,
      patient_id text,
      valid_from timestamptz NOT NULL,
      valid_until timestamptz NOT NULL,
      proposed_by text NOT NULL,
      proposed_at timestamptz NOT NULL,
      outcome text CHECK (outcome IN ('approved', 'withdrawn')),
      decided_by text,
      decided_at timestamptz,
      PRIMARY KEY (organisation_id, id),
      CHECK ((kind = 'allowlist-row') = (actor IS NOT NULL)),
      CHECK ((kind = 'enrolment') = (patient_id IS NOT NULL)),
      CHECK ((outcome IS NULL) = (decided_at IS NULL)),
      CHECK (outcome IS DISTINCT FROM 'approved' OR (decided_by IS NOT NULL AND decided_by <> proposed_by))
    )`);
  await lockToOrganisation(runner, 'proposal', ['SELECT', 'INSERT', 'UPDATE']);
}
