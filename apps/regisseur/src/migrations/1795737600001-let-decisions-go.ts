import { keepDecisions, letDecisionsGo } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Decision records go after a while, those of strangers sooner, so that nobody can fill the database with refusals (design D16). */
export class LetDecisionsGo1795737600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await letDecisionsGo(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await keepDecisions(runner);
  }
}
