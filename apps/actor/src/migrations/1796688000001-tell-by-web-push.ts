import { createPushTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which browsers of nurses hear that something changed, and what is on its way to them. */
export class TellByWebPush1796688000001 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createPushTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE push_message, push_subscription, push_key');
  }
}
