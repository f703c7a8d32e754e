import { createEntryHistoryTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who proposed, added, approved or ended an allowlist row or enrolment, when and why. */
export class RememberWhoChangedEntries1797033600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createEntryHistoryTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE entry_step');
  }
}
