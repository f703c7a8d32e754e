import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Access tokens by their hash, with the facts they stand for (design D9). The columns behind `facts` are what a standing is looked up by. */
export async function createAccessTokenTables(runner: QueryRunner): Promise<void> {
  await runner.query(`
    CREATE TABLE access_token (
      organisation_id uuid NOT NULL,
      hash text NOT NULL,
      scope text NOT NULL,
      issued_at timestamptz NOT NULL,
      expires_at timestamptz NOT NULL,
      certificate_thumbprint text NOT NULL,
      decision uuid NOT NULL,
      facts jsonb NOT NULL,
      regisseur text,
      actor text,
      authorization_id text,
      delegation text,
      handle text,
      PRIMARY KEY (organisation_id, hash)
    )`);
  await runner.query('CREATE INDEX access_token_expiry ON access_token (expires_at)');
  await lockToOrganisation(runner, 'access_token', ['SELECT', 'INSERT', 'DELETE']);
}
