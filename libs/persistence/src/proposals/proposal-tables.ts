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

/** What happened to each entry: who did it, when and why. */
export async function createEntryHistoryTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE entry_step (
      organisation_id uuid NOT NULL,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      entry_id uuid NOT NULL,
      kind text NOT NULL CHECK (kind IN ('allowlist-row', 'enrolment')),
      name text NOT NULL CHECK (name IN ('proposed', 'added', 'approved', 'withdrawn', 'ended')),
      at timestamptz NOT NULL,
      changed_by text,
      changed_by_name text,
      reason text,
      PRIMARY KEY (organisation_id, sequence)
    )`);
  await lockToOrganisation(runner, 'entry_step', ['SELECT', 'INSERT']);
}

/** A page of entries shows their steps and no others. */
export async function findEntryStepsByEntry(runner: QueryRunner): Promise<void> {
  await runner.query('CREATE INDEX entry_step_of_entry ON entry_step (organisation_id, entry_id, sequence)');
}
