import { createReceivedDutyTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What actors say of who is on duty. */
export class HearWhoIsOnDuty1795651200006 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReceivedDutyTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE received_duty');
    await runner.query('ALTER TABLE shift DROP COLUMN absent_since, DROP COLUMN told_at, DROP COLUMN district');
  }
}
