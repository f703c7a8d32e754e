import { createAuditChainTables, nameOrganisationsInAudit } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDpopTables, createServiceCoreTables } from './service-core-tables.js';

/** For specs of this lib: the tables that every service has, as they are after all migrations. */
export class CreateServiceCore1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createServiceCoreTables(runner);
    await createAuditChainTables(runner);
    await createDpopTables(runner);
    await nameOrganisationsInAudit(runner);
  }

  async down(): Promise<void> {
    throw new Error('not undone');
  }
}
