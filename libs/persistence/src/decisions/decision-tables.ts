import type { QueryRunner } from 'typeorm';
import { grantToApplication, lockToOrganisation } from '../database/schema.js';

/** Decision records: written once, found by their reference (design D16). */
export async function createDecisionTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE decision_record (
      organisation_id uuid NOT NULL,
      reference uuid NOT NULL,
      at timestamptz NOT NULL,
      record jsonb NOT NULL,
      PRIMARY KEY (organisation_id, reference)
    )`);
  await runner.query('CREATE INDEX decision_record_reference ON decision_record (reference)');
  await lockToOrganisation(runner, 'decision_record', ['SELECT', 'INSERT']);
}

/**
 * Lets decision records go after a while. Those of callers whom nobody knows go sooner; they have an index of their own,
 * so that looking for them costs nothing when there are none. The others come in the order of time, for which a block
 * range index does and costs a granted token next to nothing.
 */
export async function letDecisionsGo(runner: QueryRunner): Promise<void> {
  await grantToApplication(runner, 'decision_record', ['DELETE']);
  // Whatever the application may come to do, what it decided this week it cannot take away.
  await runner.query("CREATE POLICY kept_for_a_week ON decision_record AS RESTRICTIVE FOR DELETE USING (at < now() - interval '7 days')");
  await runner.query('CREATE INDEX decision_record_age ON decision_record USING brin (at)');
  await runner.query("CREATE INDEX decision_record_anonymous ON decision_record (at) WHERE record ->> 'actor' IS NULL");
}

export async function keepDecisions(runner: QueryRunner): Promise<void> {
  await runner.query('DROP POLICY kept_for_a_week ON decision_record');
  await runner.query('DROP INDEX decision_record_anonymous, decision_record_age');
}
