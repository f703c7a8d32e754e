import { verifyLog } from '@anw/audit';
import { AuditLogTable, createAuditChainTables, createAuditTables, createOrganisationDirectory, createOrganisationTables, LogChainTable, nameOrganisationsInAudit, organisationEntities, OrganisationTable } from '@anw/persistence';
import { ServiceLogger } from '@anw/platform';
import { createTestDatabase, createTestParty, keysOfParties, signersOfParties, type TestDatabase, type TestParty } from '@anw/testing';
import { randomUUID } from 'node:crypto';
import { Writable } from 'node:stream';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { LogKeeper } from './log-keeper.js';

class CreateTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const create of [createOrganisationTables, createAuditTables, createAuditChainTables, nameOrganisationsInAudit]) await create(runner);
  }
  async down(): Promise<void> {
    throw new Error('not undone');
  }
}

describe('keeper of the log', () => {
  let test: TestDatabase;
  let lines: Record<string, unknown>[];
  let now: Date;
  const parties = [createTestParty('linde'), createTestParty('eik')] as const;
  const [linde, eik] = parties;

  beforeEach(async () => {
    test = await createTestDatabase([CreateTables1700000000000], [...organisationEntities]);
    lines = [];
    now = new Date('2026-01-01T22:00:00.000Z');
    for (const { organisation } of parties) await test.database.withOrganisation(organisation.id, (tx) => new OrganisationTable(tx).addOrganisation(organisation));
  });
  afterEach(() => test.drop());

  const keeper = (signing: readonly TestParty[] = parties) => {
    const destination = new Writable({ write: (chunk: Buffer, _encoding, done) => (lines.push(JSON.parse(chunk.toString())), done()) });
    const logger = new ServiceLogger('spec', { level: 'info' }, destination);
    return new LogKeeper(test.database, createOrganisationDirectory(test.database), signersOfParties(...signing), { retentionYears: 20, headSeconds: 60, decisionRetentionDays: 365 }, logger, () => now);
  };
  const append = ({ organisation }: TestParty) =>
    test.database.withOrganisation(organisation.id, (tx) => new AuditLogTable(tx).append({ id: randomUUID(), name: 'fhir.read', outcome: 'success', at: now }));
  const verify = ({ organisation, did }: TestParty) =>
    test.database.withOrganisation(organisation.id, (tx) => verifyLog({ organisation: organisation.id, did, chain: new LogChainTable(tx), keys: keysOfParties(...parties) }));

  it('seals the rows of every organisation and signs a head over them', async () => {
    await append(linde);
    await append(eik);
    await append(eik);
    await keeper().keep();
    expect(await verify(linde)).toMatchObject({ holds: true, heads: 1, sealedRows: 1, unsealedRows: 0, confirmed: { position: 1 } });
    expect(await verify(eik)).toMatchObject({ holds: true, heads: 1, sealedRows: 2, unsealedRows: 0, confirmed: { position: 1 } });
  });

  it('writes position and hash of a head to the ordinary log, so that they are known outside the database', async () => {
    await append(linde);
    await keeper().keep();
    const { confirmed } = await verify(linde);
    expect(lines).toEqual([expect.objectContaining({ msg: 'log head signed', organisation: 'linde', position: 1, hash: Buffer.from(confirmed.hash).toString('base64url') })]);
  });

  it('signs no sooner than it is told to, and only what is new', async () => {
    await append(linde);
    await keeper().keep();
    await append(linde);
    now = new Date(now.getTime() + 59_000);
    await keeper().keep();
    expect(await verify(linde)).toMatchObject({ heads: 1, links: 2 });
    now = new Date(now.getTime() + 1_000);
    await keeper().keep();
    expect(await verify(linde)).toMatchObject({ heads: 2, confirmed: { position: 2 } });
    now = new Date(now.getTime() + 60_000);
    await keeper().keep();
    expect(await verify(linde)).toMatchObject({ heads: 2 });
  });

  it('signs for the others when one organisation has no key, and says so', async () => {
    await append(eik);
    await append(linde);
    await keeper([linde]).keep();
    expect(await verify(linde)).toMatchObject({ heads: 1 });
    expect(await verify(eik)).toMatchObject({ heads: 0, sealedRows: 1 });
    expect(lines).toContainEqual(expect.objectContaining({ level: 'error' }));
  });

  it('goes on with the chain that another process of the service began', async () => {
    await append(linde);
    await keeper().keep();
    await append(linde);
    await Promise.all([keeper().keep(), keeper().keep(), keeper().keep()]);
    expect(await verify(linde)).toMatchObject({ holds: true, links: 2, sealedRows: 2, unsealedRows: 0 });
  });
});
