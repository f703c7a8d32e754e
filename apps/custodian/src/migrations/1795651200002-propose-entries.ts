import { createProposalTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Allowlist rows and enrolments that wait for a second operator. */
export class ProposeEntries1795651200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createProposalTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE proposal');
  }
}
