import { createServiceCoreTables } from '@anw/service-core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What every service keeps: organisations, keys, log, status lists, tokens, decisions, notifications, sessions. */
export class CreateServiceCore1763769600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createServiceCoreTables(runner);
  }

  async down(): Promise<void> {
    throw new Error('the tables of a service, its log among them, are not dropped by a migration');
  }
}
