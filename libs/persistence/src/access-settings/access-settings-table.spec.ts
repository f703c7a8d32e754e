import { AccessSettings } from '@anw/authorization';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { OrganisationId } from '@anw/values';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { AccessSettingsTable } from './access-settings-table.js';
import { createAccessSettingsTables } from './access-settings-tables.js';

class CreateAccessSettings1700000000000 implements MigrationInterface {
  up = (runner: QueryRunner) => createAccessSettingsTables(runner);
  down = (runner: QueryRunner) => runner.query('DROP TABLE access_settings');
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const eik = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const now = new Date('2026-01-01T19:00:00Z');

describe('settings of custodian organisations in PostgreSQL', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateAccessSettings1700000000000]);
  });
  afterAll(() => test.drop());

  const save = (settings: object) => test.database.withOrganisation(linde, (tx) => new AccessSettingsTable(tx).saveSettings(AccessSettings.parse(settings), now));
  const find = (organisation = linde) => test.database.withOrganisation(organisation, (tx) => new AccessSettingsTable(tx).findSettings());

  it('are absent until someone sets them, and then the last that were set; another organisation sees nothing', async () => {
    expect(await find()).toBeUndefined();
    await save({ minimumAssuranceLevel: 'high' });
    await save({ tokenBinding: 'dpop', partners: [{ partner: 'did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10', tokenBinding: 'both' }] });
    expect(await find()).toMatchObject({ minimumAssuranceLevel: 'low', tokenBinding: 'dpop', partners: [{ tokenBinding: 'both' }] });
    expect(await find(eik)).toBeUndefined();
  });
});
