import {
  bindAccessTokensToKeys,
  createAccessTokenTables,
  createAuditTables,
  createCredentialStatusTables,
  createDecisionTables,
  createDpopReplayTables,
  createKeyTables,
  createNonceTables,
  createNotificationTables,
  createOrganisationTables,
  createSessionTables,
  auditEntities,
  CredentialStatusEntity,
  type DatabaseConfig,
  notificationEntities,
  organisationEntities,
} from '@anw/persistence';
import type { QueryRunner } from 'typeorm';

/** The tables that every service has; an app's first migration calls this. */
export async function createServiceCoreTables(runner: QueryRunner): Promise<void> {
  await createOrganisationTables(runner);
  await createKeyTables(runner);
  await createAuditTables(runner);
  await createCredentialStatusTables(runner);
  await createNonceTables(runner);
  await createAccessTokenTables(runner);
  await createDecisionTables(runner);
  await createNotificationTables(runner);
  await createSessionTables(runner);
}

/** Tokens bound to DPoP keys, and the proofs that were shown; an app's migration calls this. */
export async function createDpopTables(runner: QueryRunner): Promise<void> {
  await bindAccessTokensToKeys(runner);
  await createDpopReplayTables(runner);
}

/** Column facts of those tables, as far as they are reached through TypeORM's manager. */
export const serviceCoreEntities: DatabaseConfig['entities'] = [...organisationEntities, ...auditEntities, ...notificationEntities, CredentialStatusEntity];
