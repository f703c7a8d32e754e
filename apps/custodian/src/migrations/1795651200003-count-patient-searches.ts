import { createPatientSearchCountTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often each regisseur searches, so that all replicas keep one limit. */
export class CountPatientSearches1795651200003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createPatientSearchCountTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE patient_search_count');
  }
}
