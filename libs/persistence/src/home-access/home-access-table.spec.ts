import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { HomeAccessId, OrganisationId, PatientId } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Sealing } from '../sealing/sealing.js';
import { HomeAccessTable } from './home-access-table.js';
import { createHomeAccessTables } from './home-access-tables.js';

class CreateHomeAccess1700000000000 implements MigrationInterface {
  up = (runner: QueryRunner) => createHomeAccessTables(runner);
  down = (runner: QueryRunner) => runner.query('DROP TABLE home_access');
}

const linde = OrganisationId.parse('11111111-1111-4111-8111-111111111111');
const vecht = OrganisationId.parse('22222222-2222-4222-8222-222222222222');
const [jo, piet] = [PatientId.parse('jo'), PatientId.parse('piet')];
const at = new Date('2026-01-01T19:00:00Z');

/** Stands for encryption: what matters here is what the table keeps and when it opens. */
const sealedWith = (key: string): Sealing => ({
  seal: (text, context) => ({ encryptionKeyId: key, sealed: Buffer.from(JSON.stringify({ context, text })).map((byte) => byte ^ 0x5a) }),
  open: ({ sealed }, context) => {
    const { context: bound, text } = JSON.parse(Buffer.from(sealed.map((byte) => byte ^ 0x5a)).toString('utf8')) as { context: string; text: string };
    if (bound !== context) throw new Error('it belongs elsewhere');
    return text;
  },
  isOutdated: ({ encryptionKeyId }) => encryptionKeyId !== key,
});

describe('home access in PostgreSQL', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateHomeAccess1700000000000]);
  });
  afterAll(() => test.drop());

  const within = <T>(work: (table: HomeAccessTable) => Promise<T>, { organisation = linde, key = 'one' } = {}) => test.database.withOrganisation(organisation, (tx) => work(new HomeAccessTable(tx, sealedWith(key))));
  const save = (patient: PatientId, description: string) => within((table) => table.saveHomeAccess({ id: HomeAccessId.parse(randomUUID()), patient, description, at }));
  const read = (id: HomeAccessId, patient: PatientId, organisation = linde) => within((table) => table.readHomeAccess({ id, patient }), { organisation });

  it('is read for its patient only, and by its organisation only', async () => {
    const { id } = await save(jo, 'Sleutel 4711');
    expect(await read(id, jo)).toBe('Sleutel 4711');
    expect(await read(id, piet)).toBeUndefined();
    expect(await read(HomeAccessId.parse(randomUUID()), jo)).toBeUndefined();
    expect(await read(id, jo, vecht)).toBeUndefined();
    expect(await within((table) => table.listHomeAccess(), { organisation: vecht })).toEqual([]);
  });

  it('keeps its id when it says something else, so that a running authorization opens what holds now', async () => {
    const first = await save(jo, 'Sleutel 4711');
    const again = await save(jo, 'Sleutel bij de buren');
    expect(again.id).toBe(first.id);
    expect(await read(first.id, jo)).toBe('Sleutel bij de buren');
  });

  it('is one per patient, however many load it at the same moment', async () => {
    const kept = await Promise.all(Array.from({ length: 6 }, (_, index) => save(piet, `Sleutel ${index}`)));
    expect(new Set(kept.map(({ id }) => id)).size).toBe(1);
    expect(await read(kept[0]!.id, piet)).toMatch(/^Sleutel \d$/);
  });

  it('has another id after it was forgotten: what named the old one opens nothing', async () => {
    const first = await save(jo, 'Sleutel 4711');
    expect(await within((table) => table.deleteHomeAccess(jo))).toBe(true);
    expect(await within((table) => table.deleteHomeAccess(jo))).toBe(false);
    expect((await save(jo, 'Sleutel 4712')).id).not.toBe(first.id);
    expect(await read(first.id, jo)).toBeUndefined();
  });

  it('does not open when its row was moved to another patient', async () => {
    const { id } = await save(jo, 'Sleutel 4711');
    await within((table) => table.deleteHomeAccess(piet));
    await test.database.withOrganisation(linde, (tx) => tx.query(`UPDATE home_access SET patient_id = 'piet' WHERE organisation_id = $1 AND id = $2`, [linde, id]));
    await expect(read(id, piet)).rejects.toThrow('elsewhere');
    await within((table) => table.deleteHomeAccess(piet));
  });

  it('is sealed anew with a new key, once', async () => {
    const { id } = await save(jo, 'Sleutel 4711');
    expect(await within((table) => table.resealHomeAccess(), { key: 'two' })).toBeGreaterThanOrEqual(1);
    expect(await within((table) => table.resealHomeAccess(), { key: 'two' })).toBe(0);
    expect(await read(id, jo)).toBe('Sleutel 4711');
  });
});
