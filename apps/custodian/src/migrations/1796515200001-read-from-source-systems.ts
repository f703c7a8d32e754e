import { createFhirSourceTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An organisation's record may lie in a FHIR server of its own (design D14). */
export class ReadFromSourceSystems1796515200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createFhirSourceTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE fhir_source_write');
    await runner.query('DROP TABLE fhir_source');
  }
}
