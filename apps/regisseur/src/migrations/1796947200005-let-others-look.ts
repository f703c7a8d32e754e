import { createNightViewerTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which other regisseurs may see how busy it is. */
export class LetOthersLook1796947200005 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createNightViewerTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE night_viewer');
  }
}
