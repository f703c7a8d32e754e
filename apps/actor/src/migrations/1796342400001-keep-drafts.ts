import { createDraftTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What nurses wrote and where it stands, encrypted for as long as its authorization lasts (design D18). */
export class KeepDrafts1796342400001 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createDraftTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE draft, draft_key');
  }
}
