import { isBitSet, STATUS_LIST_BITS } from '@anw/credentials';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { DidUrl, OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { CredentialStatusEntity } from './credential-status-entity.js';
import { CredentialStatusTable } from './credential-status-table.js';
import { createCredentialStatusTables } from './credential-status-tables.js';

class CreateCredentialStatus1700000000000 implements MigrationInterface {
  up = (runner: QueryRunner) => createCredentialStatusTables(runner);
  down = (runner: QueryRunner) => runner.query('DROP TABLE credential_status');
}

const until = new Date('2026-01-02T07:00:00Z');
const at = new Date('2026-01-01T20:00:00Z');
const newId = () => DidUrl.parse(`did:web:regie.example:iam:6f0c1d1e-3a54-4d0b-8c0f-1b7f2f0f7a11#${randomUUID()}`);
const newOrganisation = () => OrganisationId.parse(randomUUID());

describe('status register in PostgreSQL (design D10)', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateCredentialStatus1700000000000], [CredentialStatusEntity]);
  });
  afterAll(() => test.drop());

  const inOrganisation = <T>(organisation: OrganisationId, work: (register: CredentialStatusTable, tx: Transaction) => Promise<T>, chooseIndex?: () => number) =>
    test.database.withOrganisation(organisation, (tx) => work(new CredentialStatusTable(tx, chooseIndex), tx));

  it('gives each credential a position of its own, at random on the first page', async () => {
    const regie = newOrganisation();
    const positions = await Promise.all(Array.from({ length: 50 }, () => inOrganisation(regie, (register) => register.allocate(newId(), until))));
    expect(new Set(positions.map(({ page }) => page))).toEqual(new Set([1]));
    const indexes = positions.map(({ index }) => index);
    expect(new Set(indexes).size).toBe(50);
    // Handed out in order, fifty positions would lie close together.
    expect(Math.max(...indexes) - Math.min(...indexes)).toBeGreaterThan(STATUS_LIST_BITS / 4);
  });

  it('tries again when the position is taken', async () => {
    const regie = newOrganisation();
    const proposals = [7, 7, 7, 8];
    const allocate = () => inOrganisation(regie, (register) => register.allocate(newId(), until), () => proposals.shift()!);
    expect([await allocate(), await allocate()]).toEqual([
      { page: 1, index: 7 },
      { page: 1, index: 8 },
    ]);
  });

  it('gives two at the same time, who happen on the same position, one each', async () => {
    const regie = newOrganisation();
    const proposals = [7, 7, 8, 9];
    const positions = await Promise.all([1, 2].map(() => inOrganisation(regie, (register) => register.allocate(newId(), until), () => proposals.shift()!)));
    expect(new Set(positions.map(({ index }) => index)).size).toBe(2);
  });

  it('goes on to the next page when more than half of one is taken', async () => {
    const regie = newOrganisation();
    await inOrganisation(regie, (_, tx) =>
      tx.query(
        `INSERT INTO credential_status (organisation_id, page, index, credential_id, valid_until)
         SELECT $1, 1, n, 'did:web:x#' || n, now() FROM generate_series(0, 65536) n`,
        [regie],
      ),
    );
    const proposals = [0, 0, 1];
    const allocate = () => inOrganisation(regie, (register) => register.allocate(newId(), until), () => proposals.shift()!);
    expect([await allocate(), await allocate()]).toEqual([
      { page: 2, index: 0 },
      { page: 2, index: 1 },
    ]);
  });

  it('gives a credential one position only', async () => {
    const regie = newOrganisation();
    const id = newId();
    await inOrganisation(regie, (register) => register.allocate(id, until));
    await expect(inOrganisation(regie, (register) => register.allocate(id, until))).rejects.toThrow(/unique/);
  });

  it('sets the bit of a revoked credential, and no other', async () => {
    const regie = newOrganisation();
    const [kept, revoked] = [newId(), newId()];
    const [of1, of2] = await inOrganisation(regie, async (register) => [await register.allocate(kept, until), await register.allocate(revoked, until)]);
    expect(await inOrganisation(regie, (register) => register.revoke(revoked, at))).toBe(true);
    const bits = await inOrganisation(regie, (register) => register.bitsOf(1));
    expect([isBitSet(bits!, of1!.index), isBitSet(bits!, of2!.index)]).toEqual([false, true]);
    expect(bits!.reduce((count, byte) => count + (byte === 0 ? 0 : 1), 0)).toBe(1);
  });

  it('keeps the first time when a credential is revoked again', async () => {
    const regie = newOrganisation();
    const id = newId();
    await inOrganisation(regie, (register) => register.allocate(id, until));
    const outcomes = [await inOrganisation(regie, (register) => register.revoke(id, at)), await inOrganisation(regie, (register) => register.revoke(id, until))];
    expect(outcomes).toEqual([true, true]);
    expect(await inOrganisation(regie, (_, tx) => tx.manager.findOneBy(CredentialStatusEntity, { organisationId: regie, credentialId: id }))).toMatchObject({ revokedAt: at });
  });

  it('says so when it does not know the credential', async () => expect(await inOrganisation(newOrganisation(), (register) => register.revoke(newId(), at))).toBe(false));

  it('has no list for a page that is not in use', async () => {
    const regie = newOrganisation();
    await inOrganisation(regie, (register) => register.allocate(newId(), until));
    for (const page of [0, 2, -1]) expect(await inOrganisation(regie, (register) => register.bitsOf(page))).toBeUndefined();
    expect(await inOrganisation(newOrganisation(), (register) => register.bitsOf(1))).toBeUndefined();
  });

  it('shows another organisation nothing and lets it revoke nothing', async () => {
    const [regie, other] = [newOrganisation(), newOrganisation()];
    const id = newId();
    const { index } = await inOrganisation(regie, (register) => register.allocate(id, until));
    await inOrganisation(other, (register) => register.allocate(newId(), until));
    expect(await inOrganisation(other, (register) => register.revoke(id, at))).toBe(false);
    expect(isBitSet((await inOrganisation(regie, (register) => register.bitsOf(1)))!, index)).toBe(false);
    expect(await inOrganisation(other, (_, tx) => tx.query('SELECT 1 FROM credential_status WHERE credential_id = $1', [id]))).toEqual([]);
  });
});
