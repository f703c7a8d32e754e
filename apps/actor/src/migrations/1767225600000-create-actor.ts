import { createReceivedAuthorizationTables } from '@anw/persistence';
import { createServiceCoreTables } from '@anw/service-core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateActor1767225600000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createServiceCoreTables(runner);
    await createReceivedAuthorizationTables(runner);
  }

  /** The log is among these tables: an actor's schema is not taken back by a program. */
  async down(): Promise<void> {
    throw new Error('the first migration of an actor is not taken back');
  }
}
