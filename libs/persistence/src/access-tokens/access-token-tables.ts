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

/** Tokens may be bound to a DPoP key as well, or instead; one binding at least (design D9). */
export async function bindAccessTokensToKeys(runner: QueryRunner): Promise<void> {
  await runner.query('ALTER TABLE access_token ALTER COLUMN certificate_thumbprint DROP NOT NULL');
  await runner.query('ALTER TABLE access_token ADD COLUMN jkt text');
  await runner.query('ALTER TABLE access_token ADD CONSTRAINT access_token_bound CHECK (certificate_thumbprint IS NOT NULL OR jkt IS NOT NULL)');
}
