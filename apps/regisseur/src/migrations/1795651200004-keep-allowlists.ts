import { createReceivedAllowlistTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each custodian told of its rows, and when. */
export class KeepAllowlists1795651200004 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReceivedAllowlistTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE received_allowlist');
  }
}
