import { RequestRate } from './request-rate.js';

function rateOf(perMinute: number) {
  const at = { now: Date.parse('2026-01-01T20:00:00Z') };
  const rate = new RequestRate({ perMinute, clock: () => new Date(at.now) });
  const ask = (times: number, caller = 'a') => Array.from({ length: times }, () => rate.secondsToWait(caller));
  return { at, ask };
}

describe('how often a triage system may ask', () => {
  it('is so many times at once, and then a wait', () => {
    const { ask } = rateOf(120);
    expect(ask(120)).toEqual(Array(120).fill(0));
    expect(ask(1)).toEqual([1]);
  });

  it('is counted for each by itself', () => {
    const { ask } = rateOf(3);
    ask(4, 'a');
    expect(ask(1, 'b')).toEqual([0]);
  });

  it('comes back evenly as time goes by', () => {
    const { at, ask } = rateOf(60);
    ask(60);
    at.now += 2_000;
    expect(ask(3)).toEqual([0, 0, 1]);
  });

  it.each([1, 7, 60, 120])('lets in who waited as long as it was told, at %i a minute', (perMinute) => {
    const { at, ask } = rateOf(perMinute);
    const told = () => ask(perMinute + 1).find((seconds) => seconds > 0)!;
    for (let turn = 0; turn < 20; turn += 1) {
      at.now += 1_000 * told();
      expect(ask(1)).toEqual([0]);
    }
  });

  it('asking while it has to wait makes the wait no longer', () => {
    const { at, ask } = rateOf(6);
    ask(6);
    ask(100);
    at.now += 10_000;
    expect(ask(2)).toEqual([0, 10]);
  });

  it('saves up no more than one minute', () => {
    const { at, ask } = rateOf(3);
    ask(3);
    at.now += 3_600_000;
    expect(ask(4)).toEqual([0, 0, 0, 20]);
  });

  it('a clock that is set back locks nobody out', () => {
    const { at, ask } = rateOf(60);
    ask(30);
    at.now -= 3_600_000;
    expect(ask(1)).toEqual([0]);
  });
});
