import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** Nonces of presentations, for as long as the presentation could be shown again. */
export async function createNonceTables(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE presentation_nonce (
    organisation_id uuid NOT NULL,
    holder text NOT NULL,
    nonce text NOT NULL,
    forget_after timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, holder, nonce)
  )`);
  await runner.query('CREATE INDEX presentation_nonce_forget ON presentation_nonce (forget_after)');
  await lockToOrganisation(runner, 'presentation_nonce', ['SELECT', 'INSERT', 'DELETE']);
}
