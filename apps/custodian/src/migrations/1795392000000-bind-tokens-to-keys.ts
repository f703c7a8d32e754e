import { createAccessSettingsTables } from '@anw/persistence';
import { createDpopTables } from '@anw/service-core';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Access tokens bound to DPoP keys (design D9), and what each organisation demands of whoever asks for one. */
export class BindTokensToKeys1795392000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createDpopTables(runner);
    await createAccessSettingsTables(runner);
  }

  /** Tokens that are bound to a key alone would become tokens that are bound to nothing. */
  async down(): Promise<void> {
    throw new Error('tokens that are bound to keys are not set loose by a migration');
  }
}
