import { createDossierLookTables, giveRegisseursTelephones } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When each nurse looked into a dossier, to mark what changed since; and where to ring a regisseur. */
export class KeepDossierLooks1796774400001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createDossierLookTables(runner);
    await giveRegisseursTelephones(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dossier_look');
    await runner.query('ALTER TABLE known_regisseur DROP COLUMN telephone');
  }
}
