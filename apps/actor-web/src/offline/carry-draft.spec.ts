import type { DraftDetail, WriteInput } from '@anw/api-contracts';
import { ApiProblem } from '@anw/web-ui';
import { carryDraft, type DraftServer } from './carry-draft.js';
import type { KeptDraft } from './kept-draft.js';

const write: WriteInput = { kind: 'blood-pressure', input: { systolic: 240, diastolic: 85, measuredAt: '2026-01-01T21:05:00Z' } };
const detail = { state: 'accepted' } as DraftDetail;
const draft = (change: Partial<KeptDraft> = {}): KeptDraft => ({
  id: 'b7a1c2d3-1111-4111-8111-111111111111',
  visit: '6f0c1f7e-6f9b-4a75-9c0e-0d6f3f0b8a11',
  until: '2026-01-02T06:00:00Z',
  kind: 'blood-pressure',
  form: {},
  revision: 3,
  isAtServer: false,
  state: 'sending',
  confirmed: [],
  savedAt: '2026-01-01T21:05:00Z',
  ...change,
});

const problem = (status: number, more: object = {}) => ApiProblem.fromDetails({ type: 'urn:anw:problem:x', title: 'Nee', status, ...more });
const unusual = problem(422, { detail: 'Ongebruikelijk.', toConfirm: [{ message: 'De waarde is ongewoon.', field: 'systolic', rule: 'VS-UNUSUAL' }] });

/** A server that answers in turn; an error is thrown. */
function serverOf({ save = [detail], send = [detail] }: { readonly save?: readonly (DraftDetail | Error)[]; readonly send?: readonly (DraftDetail | Error)[] } = {}) {
  const asked: string[] = [];
  const [saves, sends] = [[...save], [...send]];
  const answer = (answers: (DraftDetail | Error)[]) => {
    const next = answers.shift()!;
    if (next instanceof Error) throw next;
    return next;
  };
  const server: DraftServer = {
    save: async () => (asked.push('save'), answer(saves)),
    send: async (_visit, _id, confirmed) => (asked.push(`send ${confirmed ? 'confirmed' : 'plain'}`), answer(sends)),
  };
  return { server, asked };
}

describe('a draft that is carried to the server', () => {
  it('is saved while she writes, and not sent', async () => {
    const { server, asked } = serverOf();
    expect(await carryDraft(draft({ state: 'writing' }), write, server)).toEqual({ outcome: 'saved', detail });
    expect(asked).toEqual(['save']);
  });

  it('is saved and sent when she pressed send, and only sent when the server has its text', async () => {
    const first = serverOf();
    expect(await carryDraft(draft(), write, first.server)).toEqual({ outcome: 'taken', detail });
    expect(first.asked).toEqual(['save', 'send plain']);
    const second = serverOf();
    await carryDraft(draft({ isAtServer: true }), write, second.server);
    expect(second.asked).toEqual(['send plain']);
  });

  it.each([
    ['the connection is away', ApiProblem.unreachable(new Error('offline'))],
    ['nobody is logged in', problem(401)],
    ['the service starts again', problem(503)],
    ['the service fails', problem(500)],
  ])('stays here when %s', async (_, error) => {
    expect(await carryDraft(draft(), write, serverOf({ save: [error] }).server)).toEqual({ outcome: 'later' });
    expect(await carryDraft(draft(), write, serverOf({ send: [error] }).server)).toEqual({ outcome: 'later' });
  });

  it('is over when its visit is', async () => {
    expect(await carryDraft(draft(), write, serverOf({ save: [problem(404)] }).server)).toEqual({ outcome: 'over' });
  });

  it('is the server’s to tell when it left already', async () => {
    expect(await carryDraft(draft(), write, serverOf({ save: [problem(409)] }).server)).toEqual({ outcome: 'taken' });
  });

  it('is saved anew when the server lost it', async () => {
    const { server, asked } = serverOf({ send: [problem(404), detail] });
    expect(await carryDraft(draft({ isAtServer: true }), write, server)).toEqual({ outcome: 'taken', detail });
    expect(asked).toEqual(['send plain', 'save', 'send plain']);
  });

  it('stops with the question when the server finds something unusual', async () => {
    expect(await carryDraft(draft(), write, serverOf({ send: [unusual] }).server)).toMatchObject({ outcome: 'stopped', stopped: { message: 'Ongebruikelijk.', toConfirm: [{ field: 'systolic' }] } });
  });

  it('answers for her when she said at the bedside that this value is right', async () => {
    const { server, asked } = serverOf({ send: [unusual, detail] });
    expect(await carryDraft(draft({ confirmed: ['systolic'] }), write, server)).toEqual({ outcome: 'taken', detail });
    expect(asked).toEqual(['save', 'send plain', 'send confirmed']);
  });

  it('asks her when another value is unusual than the one she confirmed', async () => {
    expect(await carryDraft(draft({ confirmed: ['diastolic'] }), write, serverOf({ send: [unusual] }).server)).toMatchObject({ outcome: 'stopped' });
  });

  it('stops at the fields that the server cannot read', async () => {
    const error = problem(422, { detail: 'Dat klopt niet.', reference: 'r1', errors: [{ pointer: '/systolic', detail: 'Vul een getal in.' }] });
    expect(await carryDraft(draft(), write, serverOf({ save: [error] }).server)).toEqual({ outcome: 'stopped', stopped: { message: 'Dat klopt niet.', reference: 'r1', fields: { systolic: 'Vul een getal in.' } } });
  });
});
