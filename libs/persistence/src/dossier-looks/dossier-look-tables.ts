import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** At the actor: when each nurse looked into the dossier of a visit, and what she compares it with. Goes with the authorization. */
export async function createDossierLookTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE dossier_look (
      organisation_id uuid NOT NULL,
      authorization_id text NOT NULL,
      practitioner text NOT NULL,
      since timestamptz,
      looked_at timestamptz NOT NULL,
      PRIMARY KEY (organisation_id, authorization_id, practitioner)
    )`);
  await lockToOrganisation(runner, 'dossier_look', ['SELECT', 'INSERT', 'UPDATE', 'DELETE']);
}
