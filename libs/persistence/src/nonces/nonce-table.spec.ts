import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deleteOldNoncesEverywhere, NonceTable } from './nonce-table.js';
import { createNonceTables } from './nonce-tables.js';

class CreateNonces1700000000000 implements MigrationInterface {
  up = (runner: QueryRunner) => createNonceTables(runner);
  down = (runner: QueryRunner) => runner.query('DROP TABLE presentation_nonce');
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const eik = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const holder = Did.parse('did:web:zorg.example:iam:41d2c7be-0b1a-4f0e-9e35-6a4a7d1f2c10');
const other = Did.parse('did:web:wijk.example:iam:90b3c7be-0b1a-4f0e-9e35-6a4a7d1f2c10');
const later = new Date('2026-01-01T19:00:20Z');

describe('nonces of presentations in PostgreSQL (spec nuts-protocols S3)', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateNonces1700000000000]);
  });
  afterAll(() => test.drop());

  const use = (nonce: string, by = holder, organisation = linde, forgetAfter = later) => test.database.withOrganisation(organisation, (tx) => new NonceTable(tx).useNonce(by, nonce, forgetAfter));

  it('are good for one use', async () => {
    const nonce = randomUUID();
    expect([await use(nonce), await use(nonce)]).toEqual([true, false]);
  });

  it('are spent exactly once by fifty replays at the same time', async () => {
    const nonce = randomUUID();
    const outcomes = await Promise.all(Array.from({ length: 50 }, () => use(nonce)));
    expect(outcomes.filter(Boolean)).toHaveLength(1);
  });

  it('belong to their holder', async () => {
    const nonce = randomUUID();
    expect([await use(nonce), await use(nonce, other)]).toEqual([true, true]);
  });

  it('belong to the organisation that was asked: another sees nothing', async () => {
    const nonce = randomUUID();
    expect([await use(nonce), await use(nonce, holder, eik)]).toEqual([true, true]);
    const seen = await test.database.withOrganisation(eik, (tx) => tx.query('SELECT 1 FROM presentation_nonce WHERE nonce = $1', [nonce]));
    expect(seen).toHaveLength(1);
  });

  it('are not spent by work that is rolled back', async () => {
    const nonce = randomUUID();
    const work = test.database.withOrganisation(linde, async (tx) => {
      await new NonceTable(tx).useNonce(holder, nonce, later);
      throw new Error('changed my mind');
    });
    await expect(work).rejects.toThrow('changed my mind');
    expect(await use(nonce)).toBe(true);
  });

  it('are forgotten when their presentation can no longer be shown, not before', async () => {
    const [old, young] = [randomUUID(), randomUUID()];
    await use(old, holder, linde, new Date('2026-01-01T19:00:00Z'));
    await use(young, holder, eik, new Date('2026-01-01T19:00:10Z'));
    expect(await test.database.acrossOrganisations((tx) => deleteOldNoncesEverywhere(tx, new Date('2026-01-01T19:00:05Z')))).toBe(1);
    expect([await use(old), await use(young, holder, eik)]).toEqual([true, false]);
  });
});
