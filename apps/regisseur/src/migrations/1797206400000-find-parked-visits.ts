import { findParkedOrders } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Finds what triage systems would not take, without reading everything they asked for. */
export class FindParkedVisits1797206400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await findParkedOrders(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX triage_order_parked');
  }
}
