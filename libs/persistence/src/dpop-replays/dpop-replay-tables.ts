import type { QueryRunner } from 'typeorm';
import { lockToOrganisation } from '../database/schema.js';

/** DPoP proofs by their key and id, for as long as they could be shown again (RFC 9449 §11.1). */
export async function createDpopReplayTables(runner: QueryRunner): Promise<void> {
  await runner.query(`CREATE TABLE dpop_replay (
    organisation_id uuid NOT NULL,
    thumbprint text NOT NULL,
    jti_hash bytea NOT NULL,
    forget_after timestamptz NOT NULL,
    PRIMARY KEY (organisation_id, thumbprint, jti_hash)
  )`);
  await runner.query('CREATE INDEX dpop_replay_forget ON dpop_replay (forget_after)');
  await lockToOrganisation(runner, 'dpop_replay', ['SELECT', 'INSERT', 'DELETE']);
}
