import { addStartOfShift, createPostcodeAreaTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where postcode areas lie, and from where a practitioner starts. */
export class KnowWherePlacesAre1796947200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createPostcodeAreaTables(runner);
    await addStartOfShift(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE postcode_area');
    await runner.query('ALTER TABLE shift DROP COLUMN start_area');
  }
}
