import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** The region's decision trees; what a care request was triaged by stays, with the words as they were. */
export async function createDecisionTreeTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE decision_tree (
      organisation_id uuid NOT NULL,
      version integer NOT NULL CHECK (version > 0),
      tree jsonb NOT NULL,
      created_at timestamptz NOT NULL,
      created_by text NOT NULL,
      published_at timestamptz,
      published_by text,
      retired_at timestamptz,
      PRIMARY KEY (organisation_id, version),
      CONSTRAINT published_by_somebody CHECK ((published_at IS NULL) = (published_by IS NULL)),
      CONSTRAINT retired_after_use CHECK (retired_at IS NULL OR published_at IS NOT NULL)
    )`);
  await runner.query('CREATE UNIQUE INDEX decision_tree_in_use ON decision_tree (organisation_id) WHERE published_at IS NOT NULL AND retired_at IS NULL');
  await lockToOrganisation(runner, 'decision_tree', ['SELECT', 'INSERT', 'UPDATE']);
  await runner.query('ALTER TABLE care_request ADD COLUMN tree jsonb, ADD COLUMN deviation text, ADD COLUMN triage_note text');
}
