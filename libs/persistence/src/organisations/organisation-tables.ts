import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** The organisations of a service. Names and DIDs are unique within it; nothing about an organisation changes or goes. */
export async function createOrganisationTables(runner: QueryRunner): Promise<void> {
  await runner.query(
    `CREATE TABLE organisation (
       organisation_id uuid PRIMARY KEY,
       name text NOT NULL UNIQUE,
       did text NOT NULL UNIQUE,
       display_name text NOT NULL,
       city text NOT NULL,
       issuer text NOT NULL UNIQUE,
       created_at timestamptz NOT NULL DEFAULT now())`,
  );
  await lockToOrganisation(runner, 'organisation', ['SELECT', 'INSERT']);
}
