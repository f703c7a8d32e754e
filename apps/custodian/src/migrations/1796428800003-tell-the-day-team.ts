import { createEnrichmentTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What came in from out-of-hours care is noted, and told to the organisation's own systems. */
export class TellTheDayTeam1796428800003 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createEnrichmentTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['webhook_delivery', 'webhook', 'dossier_enrichment']) await runner.query(`DROP TABLE ${table}`);
  }
}
