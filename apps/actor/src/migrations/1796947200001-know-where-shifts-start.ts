import { addStartOfShift } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** From where a practitioner starts. */
export class KnowWhereShiftsStart1796947200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await addStartOfShift(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE shift DROP COLUMN start_area');
  }
}
