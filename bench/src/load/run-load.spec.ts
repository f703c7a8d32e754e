import { setTimeout as sleep } from 'node:timers/promises';
import { runLoad } from './run-load.js';

describe('load of a benchmark', () => {
  it('of a closed loop never has more requests under way than it was told', async () => {
    let underWay = 0;
    let most = 0;
    const { answered, failed } = await runLoad({ kind: 'run', request: 'granted', seconds: 0.2, loop: { kind: 'closed', concurrency: 3 } }, async () => {
      underWay += 1;
      most = Math.max(most, underWay);
      await sleep(5);
      underWay -= 1;
    });
    expect(most).toBe(3);
    expect(answered).toBeGreaterThan(3);
    expect(failed).toBe(0);
  });

  it('of an open loop goes on while answers are slow', async () => {
    let asked = 0;
    await runLoad({ kind: 'run', request: 'granted', seconds: 0.2, loop: { kind: 'open', ratePerSecond: 50 } }, async () => {
      asked += 1;
      await sleep(300);
    });
    expect(asked).toBe(10);
  });

  it('tells what went wrong first and times only what was answered', async () => {
    let asked = 0;
    const result = await runLoad({ kind: 'run', request: 'granted', seconds: 0.1, loop: { kind: 'open', ratePerSecond: 40 } }, async () => {
      asked += 1;
      if (asked < 3) throw new Error(`failure ${asked}`);
    });
    expect(result).toMatchObject({ answered: 2, failed: 2, firstFailure: 'failure 1', latencies: [expect.any(Number), expect.any(Number)] });
  });
});
