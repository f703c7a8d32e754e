import { keepOwnTime, type TraceSpan } from './own-time.js';

const span = (ts: number, dur: number, own: Partial<TraceSpan> = { tts: ts, tdur: dur }): TraceSpan => ({ ph: 'X', pid: 1, tid: 1, ts, dur, ...own });

describe('the own time of a trace', () => {
  it('is what it was when nothing else had the processor', () => {
    const spans = [span(0, 100), span(10, 50), span(200, 30)];
    const before = structuredClone(spans);
    expect(keepOwnTime(spans)).toBe(0);
    expect(spans).toEqual(before);
  });

  it('leaves out when the thread stood still, and keeps what is within a span within it', () => {
    const spans = [span(0, 10_000, { tts: 0, tdur: 4_000 }), span(5_000, 5_000, { tts: 1_000, tdur: 3_000 }), span(20_000, 100, { tts: 4_000, tdur: 100 })];
    expect(keepOwnTime(spans)).toBe(6);
    expect(spans.map(({ ts, dur }) => [ts, dur])).toEqual([[0, 4_000], [1_000, 3_000], [20_000, 100]]);
  });

  it('is each thread’s for itself, and is not made up where it was not measured', () => {
    const spans = [span(0, 1_000, { tts: 0, tdur: 400 }), { ...span(0, 900, { tts: 0, tdur: 900 }), tid: 2 }, span(2_000, 700, {}), { ph: 'I', pid: 1, tid: 1, ts: 5 }];
    expect(keepOwnTime(spans)).toBeCloseTo(0.6);
    expect(spans.map(({ dur }) => dur)).toEqual([400, 900, 700, undefined]);
  });
});
