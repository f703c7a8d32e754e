import { type AuditEvent, type ChainBreak, type ChainReport, verifyChain } from '@anw/audit';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createOrganisationTables } from '../organisations/organisation-tables.js';
import { createAuditChainTables } from './audit-chain-tables.js';
import { auditEntities } from './audit-entity.js';
import { AuditLogTable } from './audit-log-table.js';
import { nameOrganisationsInAudit } from './audit-names.js';
import { createAuditTables } from './audit-tables.js';
import { LogChainTable } from './log-chain-table.js';
import { countExpiredRows } from './log-retention.js';
import { sealLogs } from './seal-logs.js';

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const clock = () => new Date('2026-01-01T22:00:05.000Z');

class CreateLog1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createOrganisationTables(runner);
    await createAuditTables(runner);
    await createAuditChainTables(runner);
    await nameOrganisationsInAudit(runner);
  }
  async down(): Promise<void> {}
}

function event(change: Partial<AuditEvent> = {}): AuditEvent {
  return { id: randomUUID(), name: 'fhir.search', outcome: 'success', at: new Date('2026-01-01T22:00:00.123Z'), query: 'Observation?code=85354-9', resources: ['Observation/o-1/_history/1'], ...change };
}

describe('chain over the log in PostgreSQL (design D17)', () => {
  let test: TestDatabase;
  let through: number;
  beforeEach(async () => {
    test = await createTestDatabase([CreateLog1700000000000], auditEntities);
    through = 0;
    for (const [id, name] of [[linde, 'linde'], [vecht, 'vecht']] as const) {
      await test.database.withOrganisation(id, (tx) => tx.query(`INSERT INTO organisation (organisation_id, name, did, display_name, city, issuer) VALUES ($1, $2::text, $2::text, $2::text, '', $2::text)`, [id, name]));
    }
  });
  afterEach(() => test.drop());

  const append = (organisation: OrganisationId, count = 1) =>
    test.database.withOrganisation(organisation, async (tx) => {
      for (let row = 0; row < count; row += 1) await new AuditLogTable(tx).append(event());
    });
  const seal = async (patienceMilliseconds = 1_000) => {
    const sealed = await sealLogs(test.database, { clock, through, patienceMilliseconds });
    through = sealed.through;
    return sealed;
  };
  const verify = (organisation: OrganisationId): Promise<ChainReport> =>
    test.database.withOrganisation(organisation, async (tx) => {
      const chain = new LogChainTable(tx);
      return verifyChain({ organisation, links: chain.links(), rows: chain.rows(), heads: [] });
    });
  const breakOf = async (organisation: OrganisationId): Promise<ChainBreak | undefined> => (await verify(organisation)).break;

  it('seals what was logged, for each organisation by itself', async () => {
    await append(linde, 3);
    await append(vecht, 2);
    await append(linde);
    expect(await seal()).toEqual({ outcome: 'sealed', rows: 6, through: 6 });
    await append(linde);
    expect(await verify(linde)).toMatchObject({ links: 1, sealedRows: 4, unsealedRows: 1 });
    expect(await verify(vecht)).toMatchObject({ links: 1, sealedRows: 2, unsealedRows: 0 });
    await seal();
    expect(await verify(linde)).toMatchObject({ links: 2, sealedRows: 5, unsealedRows: 0 });
    expect(await seal()).toEqual({ outcome: 'sealed', rows: 0, through: 7 });
  });

  it('holds over rows of before organisations were named and rows of after', async () => {
    await test.database.withOrganisation(linde, (tx) => tx.query(`INSERT INTO audit_event (organisation_id, id, name, outcome, at, form) VALUES ($1, $2, 'log.read', 'success', now(), 1)`, [linde, randomUUID()]));
    await append(linde);
    await seal();
    const { break: broken, sealedRows } = await verify(linde);
    expect([broken, sealedRows]).toEqual([undefined, 2]);
  });

  it('makes more than one link of more rows than one takes', async () => {
    await append(linde, 1_001);
    expect((await seal()).rows).toBe(1_001);
    expect(await verify(linde)).toMatchObject({ links: 2, sealedRows: 1_001 });
  });

  it('waits for a row with a lower number that commits later', async () => {
    let commit = (): void => undefined;
    const inserted = new Promise<void>((resolve) => {
      void test.database.withOrganisation(linde, async (tx) => {
        const asked: Promise<unknown>[] = [];
        await new AuditLogTable({ ...tx, queryAtCommit: (...statement) => void asked.push(tx.query(...statement)) }).append(event());
        await Promise.all(asked);
        resolve();
        await new Promise<void>((go) => (commit = go));
      });
    });
    await inserted;
    await append(linde);
    expect(await seal(30)).toEqual({ outcome: 'unsettled', rows: 0, through: 0 });
    setTimeout(() => commit(), 50);
    expect(await seal(5_000)).toEqual({ outcome: 'sealed', rows: 2, through: 2 });
    expect(await verify(linde)).toMatchObject({ links: 1, sealedRows: 2, unsealedRows: 0 });
  });

  it('does not wait for whoever comes after, and skips numbers of work that was rolled back', async () => {
    await append(linde);
    await test.database.withOrganisation(linde, async (tx) => {
      await new AuditLogTable(tx).append(event());
      throw new Error('rolled back');
    }).catch(() => undefined);
    await append(linde);
    expect((await seal()).rows).toBe(2);
    expect(await breakOf(linde)).toBeUndefined();
  });

  it('misses no row while many write at once', async () => {
    let writing = true;
    const sealer = (async () => {
      while (writing) await seal();
    })();
    await Promise.all(
      Array.from({ length: 6 }, async (_, writer) => {
        for (let row = 0; row < 40; row += 1) await append((writer + row) % 2 === 0 ? linde : vecht, 1 + (row % 3));
      }),
    );
    writing = false;
    await sealer;
    await seal();
    const [first, second] = [await verify(linde), await verify(vecht)];
    expect([first.break, second.break]).toEqual([undefined, undefined]);
    expect([first.unsealedRows, second.unsealedRows, first.sealedRows + second.sealedRows]).toEqual([0, 0, 6 * 79]);
    expect(first.links).toBeGreaterThan(1);
  });

  it('has one process seal at a time', async () => {
    await append(linde, 5);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => sealLogs(test.database, { clock, through: 0, patienceMilliseconds: 1_000 })));
    expect(outcomes.reduce((sum, { rows }) => sum + rows, 0)).toBe(5);
    expect(await breakOf(linde)).toBeUndefined();
  });

  const tampering: readonly [string, string, Partial<ChainBreak>][] = [
    ['an outcome that was changed', `UPDATE audit_event SET outcome = 'minor-failure' WHERE sequence = 4`, { kind: 'row-altered', sequence: 4 }],
    ['a moment that was moved by a microsecond', `UPDATE audit_event SET recorded_at = recorded_at + interval '1 microsecond' WHERE sequence = 2`, { kind: 'row-altered', sequence: 2 }],
    ['a practitioner that was filled in', `UPDATE audit_event SET practitioner = '' WHERE sequence = 5`, { kind: 'row-altered', sequence: 5 }],
    ['a resource that was taken out', `UPDATE audit_event SET resources = '{}' WHERE sequence = 3`, { kind: 'row-altered', sequence: 3 }],
    ['a row that was deleted', 'DELETE FROM audit_event WHERE sequence = 3', { kind: 'row-missing', sequence: 3 }],
    ['a row that was put in between', `INSERT INTO audit_event (sequence, organisation_id, id, name, outcome, at) OVERRIDING SYSTEM VALUE VALUES (0, '${linde}', gen_random_uuid(), 'fhir.read', 'success', now())`, { kind: 'row-inserted', sequence: 0 }],
    ['a row that was handed to another organisation', `UPDATE audit_event SET organisation_id = '${vecht}' WHERE sequence = 1`, { kind: 'row-missing', sequence: 1 }],
    ['a hash that was replaced', String.raw`UPDATE audit_link SET row_hashes = decode(repeat('00', 32 * cardinality(sequences)), 'hex') WHERE position = 2`, { kind: 'link-altered', position: 2, sequence: 4 }],
    ['a link that was deleted', 'DELETE FROM audit_link WHERE position = 1', { kind: 'link-missing', position: 1, sequence: 1 }],
  ];

  it.each(tampering)('finds %s, by a superuser who put the triggers off', async (_what, statement, expected) => {
    await append(linde, 3);
    await seal();
    await append(linde, 2);
    await seal();
    expect(await breakOf(linde)).toBeUndefined();
    await runAs(test.superuserUrl, ['SET session_replication_role = replica', statement]);
    expect(await breakOf(linde)).toMatchObject(expected);
  });

  it.each(['audit_link', 'audit_head'])('gives the application no right to change or delete what %s holds, and refuses even a superuser', async (table) => {
    await append(linde);
    await seal();
    await test.database.withOrganisation(linde, (tx) => new LogChainTable(tx).addHead({ position: 1, jws: 'a.b.c' }, clock()));
    for (const statement of [`UPDATE ${table} SET position = 9`, `DELETE FROM ${table}`, `TRUNCATE ${table}`]) {
      await expect(test.database.withOrganisation(linde, (tx) => tx.query(statement))).rejects.toThrow(/permission denied/);
      await expect(runAs(test.superuserUrl, [statement])).rejects.toThrow(/append-only/);
    }
  });

  it('shows another organisation neither links nor heads', async () => {
    await append(linde);
    await seal();
    await test.database.withOrganisation(linde, (tx) => new LogChainTable(tx).addHead({ position: 1, jws: 'a.b.c' }, clock()));
    expect(await verify(vecht)).toMatchObject({ links: 0, sealedRows: 0 });
    expect(await test.database.withOrganisation(vecht, (tx) => new LogChainTable(tx).listHeads())).toEqual([]);
    expect(await test.database.withOrganisation(linde, (tx) => new LogChainTable(tx).findLastHead())).toEqual({ position: 1, signedAt: clock() });
  });

  it('keeps one head per end of the chain', async () => {
    const add = (jws: string) => test.database.withOrganisation(linde, (tx) => new LogChainTable(tx).addHead({ position: 1, jws }, clock()));
    expect([await add('first'), await add('second')]).toEqual([true, false]);
    expect(await test.database.withOrganisation(linde, (tx) => new LogChainTable(tx).listHeads())).toEqual([{ position: 1, jws: 'first' }]);
  });

  it('tells per year what could go, and deletes nothing', async () => {
    await test.database.withOrganisation(linde, async (tx) => {
      for (const at of ['2004-12-31T23:59:59Z', '2005-06-01T00:00:00Z', '2005-06-02T00:00:00Z', '2026-01-01T00:00:00Z']) await new AuditLogTable(tx).append(event({ at: new Date(at) }));
    });
    await test.database.withOrganisation(linde, async (tx) => {
      expect(await countExpiredRows(tx, new Date('2006-01-01T00:00:00Z'))).toEqual([{ year: 2004, rows: 1 }, { year: 2005, rows: 2 }]);
      expect(await tx.query('SELECT 1 FROM audit_event')).toHaveLength(4);
    });
    expect(await test.database.withOrganisation(vecht, (tx) => countExpiredRows(tx, new Date('2027-01-01T00:00:00Z')))).toEqual([]);
  });
});

async function runAs(url: string, statements: readonly string[]): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
