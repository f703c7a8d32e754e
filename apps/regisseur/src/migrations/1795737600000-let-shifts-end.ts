import { letShiftsEnd } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Shifts end before their time when desk or nurse says so, and their authorizations with them (design §2 step 7). */
export class LetShiftsEnd1795737600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await letShiftsEnd(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX issued_authorization_of_shift');
    await runner.query('ALTER TABLE shift DROP COLUMN ended_at');
  }
}
