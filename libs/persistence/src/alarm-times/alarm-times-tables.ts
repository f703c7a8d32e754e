import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Within how many minutes a visit has to be opened, by urgency; no row: the defaults. */
export async function createAlarmTimesTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE alarm_times (
      organisation_id uuid NOT NULL PRIMARY KEY,
      routine integer NOT NULL CHECK (routine > 0),
      soon integer NOT NULL CHECK (soon > 0),
      urgent integer NOT NULL CHECK (urgent > 0)
    )`);
  await lockToOrganisation(runner, 'alarm_times', ['SELECT', 'INSERT', 'UPDATE']);
}
