import { addContinuedVisit } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An authorization that extends a visit is no visit of its own. */
export class KeepExtendedVisits1797120000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addContinuedVisit(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX received_authorization_continues');
    await runner.query('ALTER TABLE received_authorization DROP COLUMN continues');
  }
}
