import type { KeptDraft } from './kept-draft.js';
import { memoryRows } from './sealed-rows.js';
import { Vault } from './vault.js';

const visit = '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11';
const other = '0d6f3f0b-6f9b-4a75-9c0e-6f0c1f7e8a11';
const evening = new Date('2026-01-01T20:00:00Z');

const draft = (change: Partial<KeptDraft> = {}): KeptDraft => ({
  id: 'b7a1c2d3-1111-4111-8111-111111111111',
  visit,
  until: '2026-01-02T06:00:00Z',
  kind: 'nursing-report',
  form: { text: 'Mevrouw is gevallen.' },
  revision: 1,
  isAtServer: false,
  state: 'writing',
  confirmed: [],
  savedAt: evening.toISOString(),
  ...change,
});

function createVault() {
  const rows = memoryRows();
  const clock = { now: evening };
  const changes: unknown[] = [];
  const lost: string[] = [];
  let last: Promise<unknown> = Promise.resolve();
  return { rows, clock, changes, lost, vault: new Vault({ rows, now: () => clock.now, inTurn: (_id, work) => (last = last.then(work, work)) as ReturnType<typeof work>, onChange: (change) => changes.push(change), onLost: (drafts) => lost.push(...drafts.map(({ id }) => id)) }) };
}

describe('what a nurse wrote, on her device', () => {
  it('comes back as it was typed', async () => {
    const { vault } = createVault();
    await vault.save(draft());
    expect(await vault.find(draft().id)).toEqual(draft());
    expect(await vault.list(visit)).toEqual([draft()]);
  });

  it('stands there in no readable way, under a key that cannot be taken out', async () => {
    const { vault, rows } = createVault();
    await vault.save(draft());
    const row = (await rows.find(draft().id))!;
    expect(Buffer.from(row.data).toString('latin1')).not.toContain('gevallen');
    expect(Object.keys(row).sort()).toEqual(['data', 'id', 'iv', 'visit']);
    const { key } = (await rows.findKey(visit))!;
    expect(key.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  });

  it('is gone when its authorization ends, and that of another visit stays', async () => {
    const { vault, rows } = createVault();
    await vault.save(draft());
    await vault.save(draft({ id: 'c7a1c2d3-1111-4111-8111-111111111111', visit: other }));
    await vault.forgetVisit(visit);
    expect(await rows.findKey(visit)).toBeUndefined();
    expect((await vault.list()).map((each) => each.visit)).toEqual([other]);
  });

  it('is gone when the time of the authorization has passed, without anybody telling', async () => {
    const { vault, clock } = createVault();
    await vault.save(draft());
    clock.now = new Date('2026-01-02T06:00:00Z');
    await vault.forgetEnded();
    expect(await vault.list()).toEqual([]);
    expect(await vault.save(draft())).toBe(false);
    expect(await vault.list()).toEqual([]);
  });

  it('is told of when its visit ends and the server never had it', async () => {
    const { vault, clock, lost } = createVault();
    await vault.save(draft());
    await vault.save(draft({ id: 'c7a1c2d3-1111-4111-8111-111111111111', isAtServer: true }));
    await vault.save(draft({ id: 'd7a1c2d3-1111-4111-8111-111111111111', visit: other, until: '2026-01-02T09:00:00Z' }));
    clock.now = new Date('2026-01-02T06:00:00Z');
    await vault.forgetEnded();
    await vault.forgetEnded();
    expect(lost).toEqual([draft().id]);
  });

  it('is no loss to tell of when she logs out', async () => {
    const { vault, lost } = createVault();
    await vault.save(draft());
    await vault.forgetAll();
    expect(lost).toEqual([]);
  });

  it('lasts as long as its visit: until the new end when that is extended', async () => {
    const { vault, clock } = createVault();
    await vault.save(draft());
    await vault.keepUntil(visit, '2026-01-02T09:00:00Z');
    clock.now = new Date('2026-01-02T08:59:00Z');
    await vault.forgetEnded();
    expect(await vault.save(draft({ form: { text: 'Verder geschreven.' } }))).toBe(true);
    expect(await vault.find(draft().id)).toMatchObject({ form: { text: 'Verder geschreven.' } });
    clock.now = new Date('2026-01-02T09:00:00Z');
    expect(await vault.save(draft())).toBe(false);
    expect(await vault.list()).toEqual([]);
  });

  it('of a visit that nothing was written at leaves no key when that is extended', async () => {
    const { vault, rows } = createVault();
    await vault.keepUntil(visit, '2026-01-02T09:00:00Z');
    expect(await rows.listKeys()).toEqual([]);
  });

  it('is forgotten when somebody else logs in, and stays for herself', async () => {
    const { vault } = createVault();
    await vault.claim('nacht/e-1');
    await vault.save(draft());
    await vault.claim('nacht/e-1');
    expect(await vault.list()).toHaveLength(1);
    await vault.claim('nacht/e-2');
    expect(await vault.list()).toEqual([]);
  });

  it('cannot be read under another key or put in the place of another', async () => {
    const { vault, rows } = createVault();
    await vault.save(draft());
    const row = (await rows.find(draft().id))!;
    await rows.put({ ...row, id: 'c7a1c2d3-1111-4111-8111-111111111111' });
    expect(await vault.find('c7a1c2d3-1111-4111-8111-111111111111')).toBeUndefined();
  });

  it('is not changed by an answer about an earlier text', async () => {
    const { vault } = createVault();
    await vault.save(draft({ revision: 2 }));
    await vault.amend({ id: draft().id, revision: 1 }, (kept) => ({ ...kept, isAtServer: true }));
    expect(await vault.find(draft().id)).toMatchObject({ revision: 2, isAtServer: false });
    await vault.amend({ id: draft().id, revision: 2 }, (kept) => ({ ...kept, isAtServer: true }));
    expect(await vault.find(draft().id)).toMatchObject({ isAtServer: true });
  });

  it('loses nothing when two write it at once: each writes upon what the other left', async () => {
    const { vault } = createVault();
    const add = (name: string) => vault.write(draft().id, (kept) => draft({ revision: (kept?.revision ?? 0) + 1, form: { ...kept?.form, [name]: 'x' } }));
    expect(await Promise.all([add('systolic'), add('diastolic')])).toEqual([true, true]);
    expect(await vault.find(draft().id)).toMatchObject({ revision: 2, form: { systolic: 'x', diastolic: 'x' } });
    expect(await vault.write(draft().id, (kept) => kept!)).toBe(false);
  });

  it('tells which entry changed, so that other tabs look again', async () => {
    const { vault, changes } = createVault();
    await vault.save(draft());
    await vault.remove(draft());
    await vault.forgetAll();
    expect(changes).toMatchObject([{ id: draft().id }, { id: draft().id, visit }, undefined]);
  });
});
