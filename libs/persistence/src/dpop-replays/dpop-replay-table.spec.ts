import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deleteOldDpopReplaysEverywhere, DpopReplayTable } from './dpop-replay-table.js';
import { createDpopReplayTables } from './dpop-replay-tables.js';

class CreateDpopReplays1700000000000 implements MigrationInterface {
  up = (runner: QueryRunner) => createDpopReplayTables(runner);
  down = (runner: QueryRunner) => runner.query('DROP TABLE dpop_replay');
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const eik = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const later = new Date('2026-01-01T19:01:00Z');

describe('DPoP proofs that were shown, in PostgreSQL (RFC 9449 §11.1)', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateDpopReplays1700000000000]);
  });
  afterAll(() => test.drop());

  const use = (jti: string, { thumbprint = 'key', organisation = linde, forgetAfter = later } = {}) =>
    test.database.withOrganisation(organisation, (tx) => new DpopReplayTable(tx).useProof(thumbprint, jti, forgetAfter));

  it('are good for one use', async () => {
    const jti = randomUUID();
    expect([await use(jti), await use(jti)]).toEqual([true, false]);
  });

  it('are good for one of fifty replays at the same time', async () => {
    const jti = randomUUID();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => use(jti)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it('belong to their key: another may use the same id', async () => {
    const jti = randomUUID();
    expect([await use(jti), await use(jti, { thumbprint: 'another' })]).toEqual([true, true]);
  });

  it('belong to the organisation that was asked: another sees nothing', async () => {
    const jti = randomUUID();
    expect([await use(jti), await use(jti, { organisation: eik })]).toEqual([true, true]);
    const seen = await test.database.withOrganisation(eik, (tx) => tx.query('SELECT 1 FROM dpop_replay'));
    expect(seen).toHaveLength(1);
  });

  it('may have an id that the database could not keep as text', async () => {
    const jti = `\u0000${randomUUID()}`;
    expect([await use(jti), await use(jti)]).toEqual([true, false]);
  });

  it('are forgotten when they are too old to be shown, not before', async () => {
    const [old, young] = [randomUUID(), randomUUID()];
    await use(old, { forgetAfter: new Date('2026-01-01T19:00:00Z') });
    await use(young, { forgetAfter: new Date('2026-01-01T19:00:10Z') });
    expect(await test.database.acrossOrganisations((tx) => deleteOldDpopReplaysEverywhere(tx, new Date('2026-01-01T19:00:05Z')))).toBe(1);
    expect([await use(old), await use(young)]).toEqual([true, false]);
  });
});
