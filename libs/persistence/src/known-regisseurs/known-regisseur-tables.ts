import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** The regisseurs that an actor works for. */
export async function createKnownRegisseurTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE known_regisseur (
      organisation_id uuid NOT NULL,
      did text NOT NULL,
      name text NOT NULL,
      PRIMARY KEY (organisation_id, did)
    )`);
  await lockToOrganisation(runner, 'known_regisseur', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}

/** Where a nurse reaches the desk of a regisseur. */
export async function giveRegisseursTelephones(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE known_regisseur ADD COLUMN telephone text');
}
