import { createTriageSystemTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Triage systems without this bolt, and what they ask for. */
export class LetTriageSystemsIn1796947200004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createTriageSystemTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE triage_order, triage_token, triage_system');
  }
}
