import type { Session } from '@anw/identity';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { EmployeeIdentifier, OrganisationId, OrganisationName } from '@anw/values';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { Database } from '../database/database.js';
import { SessionTable } from './session-table.js';
import { createSessionTables } from './session-tables.js';

const eik = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const nacht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');

class CreateSessions1700000000000 implements MigrationInterface {
  up(runner: QueryRunner): Promise<void> {
    return createSessionTables(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE staff_session');
  }
}

function exampleSession(change: Partial<Session> = {}): Session {
  return {
    hash: 'a'.repeat(64),
    user: {
      identifier: EmployeeIdentifier.parse('e-10442'),
      name: 'S. Bakker',
      roleName: 'Verpleegkundige',
      roles: ['nurse'],
      assuranceLevel: 'substantial',
      authenticatedAt: new Date('2026-01-01T21:59:00.000Z'),
      means: 'employer-oidc',
      organisation: OrganisationName.parse('de-eik'),
      organisationId: eik,
    },
    openedAt: new Date('2026-01-01T22:00:00Z'),
    lastSeenAt: new Date('2026-01-01T22:00:00Z'),
    expiresAt: new Date('2026-01-02T10:00:00Z'),
    ...change,
  };
}

describe('sessions of the staff door', () => {
  let test: TestDatabase;
  beforeEach(async () => {
    test = await createTestDatabase([CreateSessions1700000000000]);
    await test.database.withOrganisation(eik, (tx) => new SessionTable(tx).addSession(exampleSession()));
  });
  afterEach(() => test.drop());

  const find = (hash: string) => test.database.acrossOrganisations((tx) => new SessionTable(tx).findSession(hash));

  it('are found by the hash of the secret alone', async () => {
    expect(await find('a'.repeat(64))).toEqual(exampleSession());
    expect(await find('b'.repeat(64))).toBeUndefined();
  });

  it('survive a restart', async () => {
    const restarted = new Database({ url: test.url, ownerUrl: test.ownerUrl, applicationName: 'restarted', migrations: [CreateSessions1700000000000], entities: [] });
    await restarted.connect();
    try {
      expect(await restarted.acrossOrganisations((tx) => new SessionTable(tx).findSession('a'.repeat(64)))).toEqual(exampleSession());
    } finally {
      await restarted.close();
    }
  });

  it('are not seen by another organisation', async () => {
    expect(await test.database.withOrganisation(nacht, (tx) => new SessionTable(tx).findSession('a'.repeat(64)))).toBeUndefined();
  });

  it('remember when they were last used, and never an earlier moment', async () => {
    const later = new Date('2026-01-01T22:10:00Z');
    await test.database.acrossOrganisations((tx) => new SessionTable(tx).markSeen('a'.repeat(64), later));
    await test.database.acrossOrganisations((tx) => new SessionTable(tx).markSeen('a'.repeat(64), new Date('2026-01-01T22:05:00Z')));
    expect((await find('a'.repeat(64)))?.lastSeenAt).toEqual(later);
  });

  it('are gone once ended', async () => {
    await test.database.acrossOrganisations((tx) => new SessionTable(tx).endSession('a'.repeat(64)));
    expect(await find('a'.repeat(64))).toBeUndefined();
  });

  it('are forgotten when expired or left alone', async () => {
    await test.database.withOrganisation(eik, async (tx) => {
      await new SessionTable(tx).addSession(exampleSession({ hash: 'idle', lastSeenAt: new Date('2026-01-01T20:00:00Z') }));
      await new SessionTable(tx).addSession(exampleSession({ hash: 'over', expiresAt: new Date('2026-01-01T21:00:00Z') }));
    });
    const before = { expiredBefore: new Date('2026-01-01T22:00:00Z'), idleSince: new Date('2026-01-01T21:45:00Z') };
    expect(await test.database.acrossOrganisations((tx) => new SessionTable(tx).deleteOld(before))).toBe(2);
    expect(await find('a'.repeat(64))).toBeDefined();
  });
});
