import { handHomeAccessAlong } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which authorizations open how to get into a home. */
export class HandHomeAccessAlong1796428800001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await handHomeAccessAlong(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE issued_authorization DROP COLUMN home_access');
  }
}
