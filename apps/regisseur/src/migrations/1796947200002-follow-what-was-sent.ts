import { createAlarmTimesTables, followAuthorizations } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happens after sending, and within what time it has to. */
export class FollowWhatWasSent1796947200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await followAuthorizations(runner);
    await createAlarmTimesTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE alarm_times');
    await runner.query('ALTER TABLE issued_authorization DROP COLUMN reported_at, DROP COLUMN revoked_by, DROP COLUMN revoke_reason, DROP COLUMN open_before, DROP COLUMN alarm_at, DROP COLUMN acknowledged_at, DROP COLUMN acknowledged_by, DROP COLUMN follows, DROP COLUMN follows_how, DROP COLUMN replaced_by, DROP COLUMN extended_since');
  }
}
