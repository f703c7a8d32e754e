import { createAllowlistTables, createEnrolmentTables, createFhirResourceTables, createRevocationTables } from '@anw/persistence';
import { createServiceCoreTables } from '@anw/service-core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateCustodian1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createServiceCoreTables(runner);
    await createAllowlistTables(runner);
    await createEnrolmentTables(runner);
    await createRevocationTables(runner);
    await createFhirResourceTables(runner);
  }

  /** The log is among these tables: a custodian's schema is not taken back by a program. */
  async down(): Promise<void> {
    throw new Error('the first migration of a custodian is not taken back');
  }
}
