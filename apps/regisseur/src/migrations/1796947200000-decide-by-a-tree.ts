import { createDecisionTreeTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The region's decision tree, and what each care request was decided by. */
export class DecideByATree1796947200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createDecisionTreeTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE decision_tree');
    await runner.query('ALTER TABLE care_request DROP COLUMN tree, DROP COLUMN deviation, DROP COLUMN triage_note');
  }
}
