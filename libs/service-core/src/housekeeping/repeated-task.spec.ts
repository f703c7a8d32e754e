import { jest } from '@jest/globals';
import { RepeatedTask } from './repeated-task.js';

const INTERVAL = 1_000;

function task(work: () => Promise<unknown>, { random = () => 0.5, onError = () => undefined }: { random?: () => number; onError?: (error: unknown) => void } = {}) {
  return new RepeatedTask({ work, intervalMilliseconds: INTERVAL, random, onError });
}

describe('a repeated task', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('takes its first turn after one interval, and then one per interval, however often it is started', async () => {
    const work = jest.fn(async () => undefined);
    const repeated = task(work);
    repeated.start();
    repeated.start();
    await jest.advanceTimersByTimeAsync(INTERVAL - 1);
    expect(work).toHaveBeenCalledTimes(0);
    await jest.advanceTimersByTimeAsync(2 * INTERVAL + 1);
    expect(work).toHaveBeenCalledTimes(3);
    await repeated.stop();
  });

  it('spreads the turns of replicas that started together', async () => {
    const early = jest.fn(async () => undefined);
    const late = jest.fn(async () => undefined);
    const replicas = [task(early, { random: () => 0 }), task(late, { random: () => 0.999 })];
    for (const replica of replicas) replica.start();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect([early.mock.calls.length, late.mock.calls.length]).toEqual([1, 0]);
    for (const replica of replicas) await replica.stop();
  });

  it('never takes a turn while one is under way', async () => {
    let end = (): void => undefined;
    const work = jest.fn(() => new Promise<void>((resolve) => (end = resolve)));
    const repeated = task(work);
    repeated.start();
    await jest.advanceTimersByTimeAsync(5 * INTERVAL);
    expect(work).toHaveBeenCalledTimes(1);
    end();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(work).toHaveBeenCalledTimes(2);
    end();
    await repeated.stop();
  });

  it('goes on after a turn that failed, and tells', async () => {
    const failure = new Error('database is away');
    const onError = jest.fn();
    const work = jest.fn(async () => undefined).mockRejectedValueOnce(failure);
    const repeated = task(work, { onError });
    repeated.start();
    await jest.advanceTimersByTimeAsync(2 * INTERVAL);
    expect(onError).toHaveBeenCalledWith(failure);
    expect(work).toHaveBeenCalledTimes(2);
    await repeated.stop();
  });

  it('has stopped only when the turn under way has ended, and takes no other', async () => {
    let end = (): void => undefined;
    const work = jest.fn(() => new Promise<void>((resolve) => (end = resolve)));
    const repeated = task(work);
    repeated.start();
    await jest.advanceTimersByTimeAsync(INTERVAL);
    let stopped = false;
    const stopping = repeated.stop().then(() => (stopped = true));
    await jest.advanceTimersByTimeAsync(INTERVAL);
    expect(stopped).toBe(false);
    end();
    await stopping;
    await jest.advanceTimersByTimeAsync(5 * INTERVAL);
    expect(work).toHaveBeenCalledTimes(1);
  });
});
