import { createDutyTables, createKnownRegisseurTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who is on duty, and which regisseurs hear of it. */
export class KeepDuty1795651200005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createDutyTables(runner);
    await createKnownRegisseurTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE known_regisseur, shift');
  }
}
