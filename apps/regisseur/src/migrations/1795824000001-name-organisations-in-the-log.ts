import { nameOrganisationsInAudit } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The log says what organisations are called, and which access token was used (NEN 7513; spec anw-fhir-profiles §8). */
export class NameOrganisationsInTheLog1795824000001 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return nameOrganisationsInAudit(runner);
  }

  async down(): Promise<void> {
    throw new Error('rows of the log are not cut by a migration');
  }
}
