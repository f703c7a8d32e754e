import { letDayTeamRead } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The day team marks what came in as read; the journal is the one list of it. */
export class LetTheDayTeamRead1797033600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await letDayTeamRead(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX fhir_resource_written_back ON fhir_resource (organisation_id, last_updated) WHERE written_under IS NOT NULL');
    for (const index of ['dossier_enrichment_visit', 'dossier_enrichment_patient']) await runner.query(`DROP INDEX ${index}`);
    await runner.query('DROP TABLE enrichment_reading');
  }
}
