import { createHomeAccessTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How to get into homes is kept apart from the record, encrypted. */
export class KeepHomeAccess1796428800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createHomeAccessTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE home_access');
  }
}
