import { findEntryStepsByEntry } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened to the entries of one page is found without reading what happened to all others. */
export class FindEntryStepsByEntry1797292800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await findEntryStepsByEntry(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX entry_step_of_entry');
  }
}
