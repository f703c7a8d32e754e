import { AccessTokenTable, bindAccessTokensToKeys, createAccessTokenTables, createDecisionTables, createDpopReplayTables, createNonceTables, createSessionTables, Database, DecisionTable, DpopReplayTable, letDecisionsGo, NonceTable, SessionTable, type Transaction } from '@anw/persistence';
import { ServiceLogger, SESSION_IDLE_MILLISECONDS } from '@anw/platform';
import { createTestDatabase, createTestParty, exampleUser, type TestDatabase } from '@anw/testing';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { randomUUID } from 'node:crypto';
import { forgetWhatIsOver } from './forget-what-is-over.js';
import { Housekeeping } from './housekeeping.js';

class CreateTables1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const create of [createAccessTokenTables, bindAccessTokensToKeys, createDecisionTables, letDecisionsGo, createDpopReplayTables, createNonceTables, createSessionTables]) await create(runner);
  }
  async down(): Promise<void> {
    throw new Error('not undone');
  }
}

const now = new Date('2026-01-01T22:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 3_600_000);
const parties = [createTestParty('linde'), createTestParty('eik')];

let test: TestDatabase;
beforeEach(async () => {
  test = await createTestDatabase([CreateTables1700000000000]);
});
afterEach(() => test.drop());

const everywhere = (work: (tx: Transaction, party: (typeof parties)[number]) => Promise<void>) =>
  Promise.all(parties.map((party) => test.database.withOrganisation(party.organisation.id, (tx) => work(tx, party))));
const newHash = () => randomUUID().replaceAll('-', '').repeat(2);
const sweep = (database: Database = test.database) => database.acrossOrganisations((tx) => forgetWhatIsOver(tx, { now, decisionRetentionDays: 365 }));

async function addToken(tx: Transaction, client: (typeof parties)[number], expiresAt: Date): Promise<void> {
  const facts = { kind: 'organisation-access', client: client.did } as const;
  await new AccessTokenTable(tx).saveToken({ hash: newHash(), scope: 'anw-regisseur', issuedAt: hours(-4), expiresAt, certificateThumbprint: 'thumbprint', facts, decision: randomUUID() });
}

async function addSession(tx: Transaction, { organisation }: (typeof parties)[number], lastSeenAt: Date, expiresAt: Date): Promise<void> {
  const user = { ...exampleUser(now), roles: ['nurse'], organisation: organisation.name, organisationId: organisation.id };
  await new SessionTable(tx).addSession({ hash: newHash(), user, openedAt: hours(-4), lastSeenAt, expiresAt });
}

describe('housekeeping of a service', () => {
  it('forgets tokens, nonces, proofs and sessions that are over, of every organisation, and nothing else', async () => {
    const idle = new Date(now.getTime() - SESSION_IDLE_MILLISECONDS - 1);
    await everywhere(async (tx, party) => {
      for (const expiresAt of [hours(-2), hours(1)]) await addToken(tx, party, expiresAt);
      for (const forgetAfter of [hours(-1), hours(1)]) await new NonceTable(tx).useNonce(party.did, randomUUID(), forgetAfter);
      for (const forgetAfter of [hours(-1), hours(1)]) await new DpopReplayTable(tx).useProof('key', randomUUID(), forgetAfter);
      await addSession(tx, party, now, hours(-1));
      await addSession(tx, party, idle, hours(1));
      await addSession(tx, party, now, hours(1));
    });
    expect(await sweep()).toEqual({ tokens: 2, nonces: 2, proofs: 2, sessions: 4, decisions: 0 });
    expect(await sweep()).toEqual({ tokens: 0, nonces: 0, proofs: 0, sessions: 0, decisions: 0 });
  });

  it('still knows a token that expired a moment ago, so that who shows it hears that it expired', async () => {
    await everywhere((tx, party) => addToken(tx, party, hours(-0.5)));
    expect(await sweep()).toMatchObject({ tokens: 0 });
  });

  it('forgets decisions after their retention, and those about strangers after a week', async () => {
    const kept = new Map<string, string>();
    await everywhere(async (tx, { did, organisation }) => {
      for (const [name, at, actor] of [['old', hours(-366 * 24), did], ['known', hours(-300 * 24), did], ['stranger', hours(-8 * 24), undefined], ['new stranger', hours(-6 * 24), undefined]] as const) {
        const reference = randomUUID();
        kept.set(`${organisation.name} ${name}`, reference);
        await new DecisionTable(tx).saveDecision({ reference, at, endpoint: 'token', scope: '', outcome: 'invalid', ...(actor && { actor }), verdicts: [] });
      }
    });
    expect(await sweep()).toMatchObject({ decisions: 4 });
    await everywhere(async (tx, { organisation }) => {
      const found = await Promise.all(['old', 'known', 'stranger', 'new stranger'].map((name) => new DecisionTable(tx).findDecision(kept.get(`${organisation.name} ${name}`)!)));
      expect(found.map((record) => record !== undefined)).toEqual([false, true, false, true]);
    });
  });

  it('is done once by replicas that do it at the same time', async () => {
    await everywhere((tx, party) => addToken(tx, party, hours(-2)));
    const forgotten = await Promise.all([sweep(), sweep(), sweep()]);
    expect(forgotten.reduce((sum, { tokens }) => sum + tokens, 0)).toBe(2);
  });

  it('stops with the service, also before it ever began', async () => {
    const housekeeping = new Housekeeping(test.database, { retentionYears: 20, headSeconds: 300, decisionRetentionDays: 365 }, () => now, new ServiceLogger('spec', { level: 'silent' }));
    await housekeeping.stop();
    housekeeping.start();
    await housekeeping.stop();
  });
});
