import { createAuditChainTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Chain and signed heads over the log (design D17). Rows that are there already are sealed as the service finds them. */
export class SealLog1795305600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createAuditChainTables(runner);
  }

  async down(): Promise<void> {
    throw new Error('what proves the log is not dropped by a migration');
  }
}
