import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { OrganisationId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { deskEntities } from '../authorizations/desk-entities.js';
import type { Transaction } from '../database/database.js';
import type { Sealing } from '../sealing/sealing.js';
import { createNightViewerTables, NightViewerTable } from '../viewers/night-viewer-table.js';
import { claimOrdersToLookAt, countParkedOrders, TriageOrderTable } from './triage-order-table.js';
import { TriageSystemTable } from './triage-system-table.js';
import { createTriageSystemTables, findParkedOrders } from './triage-system-tables.js';

class CreateTriageSystems1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const create of [createTriageSystemTables, findParkedOrders, createNightViewerTables]) await create(runner);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE triage_order, triage_token, triage_system, night_viewer');
  }
}

const oost = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const west = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const at = (time: string) => new Date(`2026-01-01T${time}:00Z`);
const secretHash = 'a'.repeat(64);
const webhook = { url: 'https://triage.example/anw', secret: 'a secret of at least thirty-two characters' };
/** Stands for encryption, which has a specification of its own. */
const sealing: Sealing = { seal: (text) => ({ encryptionKeyId: 'one', sealed: Buffer.from(text).map((byte) => byte ^ 0x5a) }), open: ({ sealed }) => Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString(), isOutdated: () => false };

describe('triage systems that a regisseur lets in, in PostgreSQL', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateTriageSystems1700000000000], deskEntities);
  });
  afterAll(() => test.drop());

  const as = <T>(organisation: OrganisationId, work: (tx: Transaction) => Promise<T>) => test.database.withOrganisation(organisation, work);
  const systems = <T>(organisation: OrganisationId, work: (table: TriageSystemTable) => Promise<T>) => as(organisation, (tx) => work(new TriageSystemTable(tx, sealing)));
  const orders = <T>(organisation: OrganisationId, work: (table: TriageOrderTable) => Promise<T>) => as(organisation, (tx) => work(new TriageOrderTable(tx)));
  const addSystem = async () => {
    const id = `systeem-${randomUUID().slice(0, 8)}`;
    await systems(oost, (table) => table.addSystem({ id, name: 'Systeem', secretHash, createdAt: at('19:00') }, webhook));
    return id;
  };
  const addOrder = async (system: string, createdAt = at('20:00')) => {
    const order = { id: randomUUID(), system, idempotencyKey: randomUUID(), fingerprint: 'b'.repeat(64) };
    await orders(oost, (table) => table.claimOrder(order, createdAt));
    return order;
  };
  const park = (id: string) => orders(oost, (table) => table.saveLook(id, { told: 'sent', attempts: 30, failure: 'status 500' }));

  describe('of another regisseur', () => {
    it('are not there: neither the system, nor its webhook, nor its token', async () => {
      const id = await addSystem();
      const hash = randomUUID();
      await systems(oost, (table) => table.addToken({ hash, system: id, expiresAt: at('20:05') }, at('20:00')));
      expect(await systems(oost, (table) => table.findSystemOfToken(hash, at('20:04')))).toMatchObject({ id, webhookUrl: webhook.url });
      await systems(west, async (table) => {
        expect(await table.findSystem(id)).toBeUndefined();
        expect(await table.listSystems()).toEqual([]);
        expect(await table.openWebhook(id)).toBeUndefined();
        expect(await table.findSystemOfToken(hash, at('20:04'))).toBeUndefined();
        expect(await table.removeSystem(id)).toBe(false);
      });
      expect(await systems(oost, (table) => table.openWebhook(id))).toEqual(webhook);
    });

    it('have asked for nothing here, and nothing of theirs is retried', async () => {
      const system = await addSystem();
      const { id } = await addOrder(system);
      await park(id);
      await orders(west, async (table) => {
        expect(await table.findOrder(id)).toBeUndefined();
        expect(await table.listTold(system, undefined, 10)).toEqual([]);
        expect(await table.retryParked(system, at('22:00'))).toBe(0);
      });
      expect(await orders(oost, (table) => table.listTold(system, 'parked', 10))).toHaveLength(1);
    });

    it('may have the same name, with tokens that open only their own door', async () => {
      const id = await addSystem();
      await systems(west, (table) => table.addSystem({ id, name: 'Ander', secretHash, createdAt: at('19:00') }, undefined));
      const hash = randomUUID();
      await systems(west, (table) => table.addToken({ hash, system: id, expiresAt: at('20:05') }, at('20:00')));
      expect(await systems(oost, (table) => table.findSystemOfToken(hash, at('20:04')))).toBeUndefined();
      await systems(west, (table) => table.removeSystem(id));
      expect(await systems(oost, (table) => table.findSystem(id))).toMatchObject({ name: 'Systeem' });
    });
  });

  describe('who may look over a shoulder', () => {
    it('is told by the one that is looked at, and goes one way', async () => {
      await as(oost, (tx) => new NightViewerTable(tx).addViewer(west, at('20:00')));
      await as(oost, (tx) => new NightViewerTable(tx).addViewer(west, at('20:01')));
      expect(await as(oost, (tx) => new NightViewerTable(tx).mayView(west))).toBe(true);
      expect(await as(west, (tx) => new NightViewerTable(tx).mayView(oost))).toBe(false);
      expect(await as(west, (tx) => new NightViewerTable(tx).mayView(west))).toBe(false);
      expect(await as(west, (tx) => new NightViewerTable(tx).removeViewer(west))).toBe(false);
      expect(await as(oost, (tx) => new NightViewerTable(tx).removeViewer(west))).toBe(true);
      expect(await as(oost, (tx) => new NightViewerTable(tx).mayView(west))).toBe(false);
    });
  });

  describe('what their webhooks were told', () => {
    const stateOf = async (system: string) => (await orders(oost, (table) => table.listTold(system, undefined, 10))).map(({ state }) => state);

    it.each<[string, Parameters<TriageOrderTable['saveLook']>[1], string]>([
      ['followed while it may still change', { told: 'sent', attempts: 0, lookAt: at('20:01') }, 'followed'],
      ['failing while it is tried again', { told: 'sent', attempts: 3, lookAt: at('20:01'), failure: 'status 500' }, 'failing'],
      ['parked when it was given up', { told: 'sent', attempts: 30, failure: 'status 500' }, 'parked'],
      ['finished when nothing comes after it', { told: 'ended', attempts: 0 }, 'finished'],
    ])('is %s', async (_, look, state) => {
      const system = await addSystem();
      const { id } = await addOrder(system);
      await orders(oost, (table) => table.saveLook(id, look));
      const { lookAt, failure, ...told } = look;
      const listed = { id, state, createdAt: at('20:00'), ...told, ...(failure !== undefined && { lastFailure: failure }), ...(lookAt && { lookAt }) };
      expect(await orders(oost, (table) => table.listTold(system, undefined, 10))).toEqual([listed]);
      expect(await orders(oost, (table) => table.listTold(system, state === 'parked' ? 'followed' : 'parked', 10))).toEqual([]);
    });

    it('is counted over all organisations when it was given up, and told again when an operator says so, of that system alone', async () => {
      const [system, another] = [await addSystem(), await addSystem()];
      const before = await countParkedOrders(test.database);
      for (const { id } of [await addOrder(system), await addOrder(system), await addOrder(another)]) await park(id);
      expect(await countParkedOrders(test.database)).toBe(before + 3);
      expect(await orders(oost, (table) => table.retryParked(system, at('22:00')))).toBe(2);
      expect(await orders(oost, (table) => table.retryParked(system, at('22:00')))).toBe(0);
      expect([await stateOf(system), await stateOf(another)]).toEqual([['failing', 'failing'], ['parked']]);
      expect(await countParkedOrders(test.database)).toBe(before + 1);
      const claimed = await claimOrdersToLookAt(test.database, { now: at('22:00'), leaseUntil: at('22:01'), limit: 100 });
      expect(claimed.filter((order) => order.system === system)).toMatchObject([{ attempts: 0, told: 'sent' }, { attempts: 0, told: 'sent' }]);
    });

    it('goes on at another webhook, for what was asked for since then', async () => {
      const system = await addSystem();
      const [recent, old] = [await addOrder(system, at('20:00')), await addOrder(system, at('10:00'))];
      for (const { id } of [recent, old]) await park(id);
      await orders(oost, (table) => table.lookAgain(system, at('12:00'), at('22:00')));
      expect(await orders(oost, (table) => table.listTold(system, undefined, 10))).toMatchObject([{ id: recent.id, state: 'followed', told: 'sent', lookAt: at('22:00') }, { id: old.id, state: 'parked' }]);
    });
  });
});
