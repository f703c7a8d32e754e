import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { DidUrl, EmployeeIdentifier, OrganisationId } from '@anw/values';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { DossierLookTable } from './dossier-look-table.js';
import { createDossierLookTables } from './dossier-look-tables.js';

class CreateLooks1700000000000 implements MigrationInterface {
  up = (runner: QueryRunner) => createDossierLookTables(runner);
  down = (runner: QueryRunner) => runner.query('DROP TABLE dossier_look');
}

const nacht = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const other = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const visit = DidUrl.parse('did:web:regie.example#6f1c6b0a-3b52-4f0e-9b57-0d4f6c1a2b3c');
const [nurse, colleague] = [EmployeeIdentifier.parse('e-1'), EmployeeIdentifier.parse('e-2')];
const evening = new Date('2026-01-01T20:00:00Z');
const night = new Date('2026-01-02T02:00:00Z');

describe('looks into a dossier in PostgreSQL', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateLooks1700000000000]);
  });
  afterAll(() => test.drop());

  const within = <T>(work: (table: DossierLookTable) => Promise<T>, organisation = nacht) => test.database.withOrganisation(organisation, (tx) => work(new DossierLookTable(tx)));

  it('are kept for each nurse apart, and seen by no other organisation', async () => {
    await within((table) => table.saveLook(visit, nurse, { lookedAt: evening }));
    expect(await within((table) => table.findLook(visit, nurse))).toEqual({ lookedAt: evening });
    expect(await within((table) => table.findLook(visit, colleague))).toBeUndefined();
    expect(await within((table) => table.findLook(visit, nurse), other)).toBeUndefined();
  });

  it('move on, never back', async () => {
    await within((table) => table.saveLook(visit, nurse, { since: evening, lookedAt: night }));
    await within((table) => table.saveLook(visit, nurse, { lookedAt: evening }));
    expect(await within((table) => table.findLook(visit, nurse))).toEqual({ since: evening, lookedAt: night });
  });

  it('go with the authorization', async () => {
    await within((table) => table.saveLook(visit, colleague, { lookedAt: night }));
    await within((table) => table.deleteLooks(visit));
    expect(await within((table) => table.findLook(visit, nurse))).toBeUndefined();
    expect(await within((table) => table.findLook(visit, colleague))).toBeUndefined();
  });
});
