import { addContinuedVisit, claimDueDrafts, createDraftTables, createReceivedAuthorizationTables, decodeDraftContent, DraftTable, encodeDraftContent, type SealedDraft, takeUntoldDrafts, UndeliveredDraftTable } from '@anw/persistence';
import { createTestDatabase, type TestDatabase } from '@anw/testing';
import { Did, DidUrl, EmployeeIdentifier, OrganisationId } from '@anw/values';
import { randomBytes, randomUUID } from 'node:crypto';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createDraftKeys, type DraftKeys, DraftUnreadableError } from './draft-keys.js';
import { createKeyEncryption, KeyEncryptionError, KeyEncryptionKey } from './key-encryption.js';

class CreateDrafts1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await createReceivedAuthorizationTables(runner);
    await addContinuedVisit(runner);
    await createDraftTables(runner);
  }
  down = (runner: QueryRunner) => runner.query('DROP TABLE draft, draft_key, received_authorization');
}

const [linde, eik] = [OrganisationId.parse('11111111-1111-4111-8111-111111111111'), OrganisationId.parse('22222222-2222-4222-8222-222222222222')];
const custodian = Did.parse('did:web:bron.example:iam:77aac7be-0b1a-4f0e-9e35-6a4a7d1f2c10');
const nurse = EmployeeIdentifier.parse('e-10442');
const now = new Date('2026-01-01T19:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1_000);
const newKey = () => KeyEncryptionKey.parse(randomBytes(32).toString('base64'));
const newAuthorization = () => DidUrl.parse(`did:web:regie.example:iam:6f0cc7be-0b1a-4f0e-9e35-6a4a7d1f2c10#${randomUUID()}`);
const marker = 'Mevrouw ligt op de grond.';
const content = { input: { text: marker }, writeId: randomUUID(), written: [], denials: 0, warnings: [], issues: [] };

describe('drafts at rest', () => {
  const key = newKey();
  const encryption = createKeyEncryption(key);
  let test: TestDatabase;
  beforeAll(async () => {
    test = await createTestDatabase([CreateDrafts1700000000000]);
  });
  afterAll(() => test.drop());

  const withKeys = <T>(work: (keys: DraftKeys) => Promise<T>, { organisation = linde, sealing = encryption } = {}) => test.database.withOrganisation(organisation, (tx) => work(createDraftKeys(tx, sealing)));
  const withTable = <T>(work: (table: DraftTable) => Promise<T>, organisation = linde) => test.database.withOrganisation(organisation, (tx) => work(new DraftTable(tx)));

  async function draftOf(authorization: DidUrl, change: Partial<SealedDraft> = {}): Promise<SealedDraft> {
    const id = randomUUID();
    const sealed = (await withKeys((keys) => keys.keyFor(authorization))).seal(encodeDraftContent(content), id);
    return { id, authorization, custodian, practitioner: nurse, kind: 'nursing-report', state: 'draft', savedAt: now, attempts: 0, claim: 0, written: 0, leaving: false, sealed, ...change };
  }

  async function sendingDraft(authorization = newAuthorization()): Promise<SealedDraft> {
    const draft = await draftOf(authorization);
    await withTable((table) => table.addDraft(draft));
    await withTable((table) => table.replaceDraft({ ...draft, state: 'sending', sentAt: now }, now));
    return draft;
  }

  const claim = (at: Date, exceptCustodians: readonly Did[] = []) => test.database.acrossOrganisations((tx) => claimDueDrafts(tx, { now: at, leaseUntil: new Date(at.getTime() + 60_000), limit: 100, exceptCustodians }));

  describe('are encrypted with a key of their authorization', () => {
    it('and open with it, in another transaction too', async () => {
      const draft = await draftOf(newAuthorization());
      const found = await withKeys((keys) => keys.findKey(draft.authorization));
      expect(decodeDraftContent(found!.open(draft.sealed, draft.id), linde)).toEqual(content);
      expect(Buffer.from(draft.sealed).toString('latin1')).not.toContain('Mevrouw');
    });

    it('that two who ask for it at once agree upon', async () => {
      const authorization = newAuthorization();
      const [one, other] = await Promise.all([withKeys((keys) => keys.keyFor(authorization)), withKeys((keys) => keys.keyFor(authorization))]);
      expect(Buffer.from(other!.open(one!.seal(Buffer.from(marker), 'd'), 'd')).toString()).toBe(marker);
    });

    it.each(['another draft', 'another authorization', 'another organisation', 'a changed byte'])('and not with %s', async (what) => {
      const draft = await draftOf(newAuthorization());
      const place = what === 'another organisation' ? { organisation: eik } : {};
      const other = await withKeys((keys) => keys.keyFor(what === 'another authorization' ? newAuthorization() : draft.authorization), place);
      const sealed = Buffer.from(draft.sealed);
      if (what === 'a changed byte') sealed[sealed.length - 1]! ^= 1;
      expect(() => other.open(sealed, what === 'another draft' ? randomUUID() : draft.id)).toThrow(DraftUnreadableError);
    });

    it('and cannot be read by anybody once it is destroyed, from a copy of the ciphertext neither', async () => {
      const draft = await draftOf(newAuthorization());
      await withKeys((keys) => keys.destroyKey(draft.authorization));
      expect(await withKeys((keys) => keys.findKey(draft.authorization))).toBeUndefined();
      const anew = await withKeys((keys) => keys.keyFor(draft.authorization));
      expect(() => anew.open(draft.sealed, draft.id)).toThrow(DraftUnreadableError);
    });

    it('which passes from one encryption key to the next', async () => {
      const draft = await draftOf(newAuthorization());
      const next = newKey();
      const both = createKeyEncryption(next, [key]);
      expect(await withKeys((keys) => keys.resealKeys(), { sealing: both })).toBeGreaterThan(0);
      expect(await withKeys((keys) => keys.resealKeys(), { sealing: both })).toBe(0);
      const opened = await withKeys((keys) => keys.findKey(draft.authorization), { sealing: createKeyEncryption(next) });
      expect(decodeDraftContent(opened!.open(draft.sealed, draft.id), linde)).toEqual(content);
      await expect(withKeys((keys) => keys.findKey(draft.authorization))).rejects.toBeInstanceOf(KeyEncryptionError);
      await withKeys((keys) => keys.resealKeys(), { sealing: createKeyEncryption(key, [next]) });
    });
  });

  describe('that are on their way', () => {
    it('are claimed by one of two processes that look at the same time', async () => {
      const { id } = await sendingDraft();
      const claimed = (await Promise.all([claim(later(1)), claim(later(1)), claim(later(1))])).flat().filter((each) => each.id === id);
      expect(claimed).toHaveLength(1);
    });

    it('are claimed again when whoever claimed them is silent, who then records nothing', async () => {
      const draft = await sendingDraft();
      const [first] = (await claim(later(1))).filter(({ id }) => id === draft.id);
      expect((await claim(later(30))).filter(({ id }) => id === draft.id)).toEqual([]);
      const [second] = (await claim(later(90))).filter(({ id }) => id === draft.id);
      const progress = { state: 'accepted', sealed: draft.sealed, written: 1, leaving: false, decidedAt: later(91) } as const;
      expect(await withTable((table) => table.recordProgress(first!, progress))).toBe(false);
      expect(await withTable((table) => table.recordProgress(second!, progress))).toBe(true);
      expect(await withTable((table) => table.findDraft(draft.id))).toMatchObject({ state: 'accepted', written: 1, attempts: 2 });
    });

    it('wait while their custodian is busy', async () => {
      const { id } = await sendingDraft();
      expect(await claim(later(1), [custodian])).toEqual([]);
      expect((await claim(later(1))).map((each) => each.id)).toContain(id);
    });

    it('are seen by their own organisation alone', async () => {
      const { id } = await sendingDraft();
      expect(await withTable((table) => table.findDraft(id), eik)).toBeUndefined();
    });
  });

  describe('when their authorization ends', () => {
    const end = (authorization: DidUrl) => withTable((table) => table.endDrafts(authorization, { reason: 'revoked', initials: 'M.V.', at: later(100) }));
    const undelivered = <T>(work: (table: UndeliveredDraftTable) => Promise<T>, organisation = linde) => test.database.withOrganisation(organisation, (tx) => work(new UndeliveredDraftTable(tx)));

    it('leave who, which visit, what kind, since when and why, and nothing of what they said', async () => {
      const draft = await sendingDraft();
      expect(await end(draft.authorization)).toEqual([{ id: draft.id, practitioner: nurse, kind: 'nursing-report' }]);
      expect(await undelivered((table) => table.findUndelivered(draft.id))).toEqual({
        id: draft.id, authorization: draft.authorization, practitioner: nurse, kind: 'nursing-report', savedAt: now, sentAt: now, endedAt: later(100), reason: 'revoked', written: 0, mayHaveArrived: false, initials: 'M.V.',
      });
      const [row] = await test.database.withOrganisation(linde, (tx) => tx.query<{ content: unknown }>('SELECT content FROM draft WHERE id = $1', [draft.id]));
      expect(row).toEqual({ content: null });
    });

    it('leave nothing when they arrived', async () => {
      const draft = await sendingDraft();
      const [claimed] = (await claim(later(1))).filter(({ id }) => id === draft.id);
      await withTable((table) => table.recordProgress(claimed!, { state: 'accepted', sealed: draft.sealed, written: 1, leaving: false, decidedAt: later(2) }));
      expect(await end(draft.authorization)).toEqual([]);
      expect(await undelivered((table) => table.findUndelivered(draft.id))).toBeUndefined();
    });

    it('are not taken for lost any longer when the last of them turns out to have arrived', async () => {
      const draft = await sendingDraft();
      const [claimed] = (await claim(later(1))).filter(({ id }) => id === draft.id);
      await end(draft.authorization);
      expect(await withTable((table) => table.recordProgress(claimed!, { state: 'accepted', sealed: draft.sealed, written: 1, leaving: false, decidedAt: later(2) }))).toBe(false);
      expect(await undelivered((table) => table.markArrived(draft.id, claimed!.claim - 1))).toBe(false);
      expect(await undelivered((table) => table.markArrived(draft.id, claimed!.claim))).toBe(true);
      expect(await undelivered((table) => table.findUndelivered(draft.id))).toBeUndefined();
    });

    it('are told to the application manager once, and shown until somebody took note', async () => {
      const draft = await sendingDraft();
      await end(draft.authorization);
      const told = (await Promise.all([1, 2].map(() => test.database.acrossOrganisations((tx) => takeUntoldDrafts(tx, now))))).flat();
      expect(told.filter(({ id }) => id === draft.id)).toHaveLength(1);
      expect(await undelivered((table) => table.markAcknowledged(draft.id, 'b-1', later(200)))).toBe(true);
      expect(await undelivered((table) => table.markAcknowledged(draft.id, 'b-2', later(201)))).toBe(false);
      expect(await undelivered((table) => table.findUndelivered(draft.id))).toMatchObject({ acknowledgedBy: 'b-1' });
    });

    it('forget whose client it was when the nurse has seen it; a colleague has not', async () => {
      const draft = await sendingDraft();
      await end(draft.authorization);
      expect(await undelivered((table) => table.markSeen(draft.id, EmployeeIdentifier.parse('e-2'), later(200)))).toBe(false);
      expect((await undelivered((table) => table.listUnseen(nurse))).map(({ id }) => id)).toContain(draft.id);
      expect(await undelivered((table) => table.markSeen(draft.id, nurse, later(200)))).toBe(true);
      expect((await undelivered((table) => table.findUndelivered(draft.id)))?.initials).toBeUndefined();
      expect((await undelivered((table) => table.listUnseen(nurse))).map(({ id }) => id)).not.toContain(draft.id);
    });
  });
});
