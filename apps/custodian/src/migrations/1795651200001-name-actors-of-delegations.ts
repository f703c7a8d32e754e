import { nameActorsOfDelegations } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom each delegation names, so that it is renewed when rows begin or end (design D11). */
export class NameActorsOfDelegations1795651200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await nameActorsOfDelegations(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE issued_delegation DROP COLUMN actors');
  }
}
