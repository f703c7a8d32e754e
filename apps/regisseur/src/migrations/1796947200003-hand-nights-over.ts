import { createHandoverTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What one triagist leaves to the next. */
export class HandNightsOver1796947200003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createHandoverTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE handover');
  }
}
