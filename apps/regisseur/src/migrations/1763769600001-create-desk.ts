import { createAuthorizationTables, createCareRequestTables, createPartnerTables, createReceivedDelegationTables, createShiftTables } from '@anw/persistence';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the desk works with: partners, shifts, care requests, delegations of custodians, authorizations. */
export class CreateDesk1763769600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createPartnerTables(runner);
    await createShiftTables(runner);
    await createCareRequestTables(runner);
    await createReceivedDelegationTables(runner);
    await createAuthorizationTables(runner);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE issued_authorization, authorization_request, received_delegation, care_request, shift, partner');
  }
}
