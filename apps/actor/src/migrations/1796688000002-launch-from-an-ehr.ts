import { createLaunchTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which care record systems open the nurse's pages within their own, and the codes they do it with. */
export class LaunchFromAnEhr1796688000002 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createLaunchTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE launch_code, launch_client');
  }
}
