import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Where postcode areas lie, as a region supplies it, and from which of them a practitioner starts. */
export async function createPostcodeAreaTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE postcode_area (
      organisation_id uuid NOT NULL,
      area text NOT NULL CHECK (area ~ '^[1-9][0-9]{3}$'),
      latitude double precision NOT NULL CHECK (latitude BETWEEN -90 AND 90),
      longitude double precision NOT NULL CHECK (longitude BETWEEN -180 AND 180),
      district text,
      PRIMARY KEY (organisation_id, area)
    )`);
  await lockToOrganisation(runner, 'postcode_area', ['SELECT', 'INSERT', 'DELETE']);
}

/** Postcode area from which a practitioner starts. */
export async function addStartOfShift(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE shift ADD COLUMN start_area text');
}
