import { idlenessAt } from './idle.js';

const QUARTER = 15 * 60;

describe('the session of someone who does nothing', () => {
  it.each([
    ['goes on at first', 0, { state: 'active' }],
    ['goes on until a minute before its end', 13 * 60 + 59, { state: 'active' }],
    ['is warned of its end in the last minute', 14 * 60, { state: 'warned', secondsLeft: 60 }],
    ['counts its last seconds', QUARTER - 1, { state: 'warned', secondsLeft: 1 }],
    ['is over after a quarter of an hour', QUARTER, { state: 'over' }],
    ['is over when a device wakes much later', 9 * 3600, { state: 'over' }],
  ] as const)('%s', (_what, idleSeconds, expected) => {
    const lastActive = Date.parse('2026-01-02T02:00:00Z');
    expect(idlenessAt(lastActive + idleSeconds * 1000, lastActive, QUARTER)).toEqual(expected);
  });
});
