import type { StaffUser } from '@anw/identity';
import { changeInput, createDraft, type Draft, isOpen, startSending } from './draft.js';
import { sendPause } from './send-pause.js';
import { initialsOf } from './undelivered-draft.js';

const at = new Date('2026-01-01T20:00:00Z');
const facts = { id: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11', authorization: 'a', custodian: 'c', practitioner: 'e-1', kind: 'nursing-report' } as unknown as Parameters<typeof createDraft>[0];
const draft = createDraft({ ...facts, input: { text: 'a' }, at });
const sender = { identifier: 'e-1' } as unknown as StaffUser;
const newWriteId = () => '11111111-1111-4111-8111-111111111111';
const refusedAfter = (written: Draft['content']['written']): Draft => ({ ...draft, state: 'refused', decidedAt: at, content: { ...draft.content, written, cause: 'content', issues: [{ message: 'Fout.' }] } });

describe('draft of an entry', () => {
  it('is the nurse’s to change until it is sent, and again when it is refused', () => {
    expect((['draft', 'sending', 'accepted', 'refused'] as const).filter((state) => isOpen({ state }))).toEqual(['draft', 'refused']);
  });

  it('keeps its name at the custodian when it is corrected and nothing of it was stored', () => {
    expect(changeInput(refusedAfter([]), { input: { text: 'b' }, at, newWriteId })).toMatchObject({ state: 'draft', content: { writeId: draft.id, input: { text: 'b' }, issues: [] } });
  });

  it('takes another name when part of it was stored: other content under the first would be a duplicate', () => {
    expect(changeInput(refusedAfter([{ step: 'subjective', reference: 'Observation/1' }]), { input: { text: 'b' }, at, newWriteId }).content).toMatchObject({ writeId: newWriteId(), written: [] });
  });

  it('goes on where it was when it is sent again after a denial of access', () => {
    const denied: Draft = { ...draft, state: 'refused', content: { ...draft.content, denials: 5, cause: 'access', written: [{ step: 's', reference: 'Observation/1' }] } };
    expect(startSending(denied, { sender, at })).toMatchObject({ state: 'sending', content: { sender, denials: 0, written: [{ step: 's', reference: 'Observation/1' }] } });
    expect(startSending(denied, { sender, at }).content.cause).toBeUndefined();
  });
});

describe('pauses between attempts', () => {
  it('double from half a second to half a minute', () => {
    expect([1, 2, 3, 7, 40].map((attempts) => sendPause(attempts, () => 0))).toEqual([500, 1_000, 2_000, 30_000, 30_000]);
  });

  it('are shortened by up to half, by chance', () => {
    expect(sendPause(3, () => 0.999_999)).toBeCloseTo(1_000, 0);
  });
});

describe('initials of a client', () => {
  it.each([
    ['M. J. de Vries-Bakker', 'M.J.V.B.'],
    ['Anna van den Berg', 'A.B.'],
    ["Ot 't Hooft", 'O.H.'],
    ['Élodie Ünal', 'É.Ü.'],
    ['A B C D E F G H', 'A.B.C.D.E.F.'],
    ['', ''],
  ])('of %s are %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
