import { countHomeAccessLooks } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a nurse asked how to get in, for each visit. */
export class CountHomeAccessLooks1796428800002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await countHomeAccessLooks(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE received_authorization DROP COLUMN home_access_looks, DROP COLUMN home_access_since');
  }
}
