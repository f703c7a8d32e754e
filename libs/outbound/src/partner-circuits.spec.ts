import { setTimeout as sleep } from 'node:timers/promises';
import { OutboundError, type OutboundFailure } from './outbound-error.js';
import { PartnerCircuits } from './partner-circuits.js';

const settings = { failuresToOpen: 3, firstPauseMilliseconds: 40, longestPauseMilliseconds: 80, maxUnderWay: 4 } as const;
const partner = new URL('https://zorg.example/iam/a/did.json');
const other = new URL('https://thuis.example:8443/');

describe('circuit of a partner', () => {
  let circuits: PartnerCircuits;
  let asked: number;
  beforeEach(() => {
    circuits = new PartnerCircuits(settings);
    asked = 0;
  });

  function fails(code: OutboundFailure) {
    return async () => {
      asked += 1;
      throw new OutboundError(code, partner.hostname);
    };
  }

  const answers = async () => {
    asked += 1;
    return 'answer';
  };

  const outcomeOf = (run: Promise<unknown>): Promise<unknown> => run.catch((error: unknown) => (error instanceof OutboundError ? error.code : error));

  async function breakDown(times: number = settings.failuresToOpen): Promise<void> {
    for (let time = 0; time < times; time += 1) await outcomeOf(circuits.run(partner, fails('timeout')));
  }

  it.each(['timeout', 'unreachable', 'tls'] as const)('opens after as many requests in a row without an answer as the settings say (%s)', async (code) => {
    for (let time = 0; time < 3; time += 1) expect(await outcomeOf(circuits.run(partner, fails(code)))).toBe(code);
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('circuit-open');
    expect(asked).toBe(3);
    expect(circuits.countStates()).toEqual({ closed: 0, open: 1, 'half-open': 0 });
  });

  it('stays closed when an answer comes between', async () => {
    await breakDown(2);
    await circuits.run(partner, answers);
    await breakDown(2);
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('answer');
  });

  it.each(['response-too-large', 'forbidden-address', 'aborted'] as const)('stays closed when what happened is no outage (%s)', async (code) => {
    for (let time = 0; time < 10; time += 1) expect(await outcomeOf(circuits.run(partner, fails(code)))).toBe(code);
  });

  it('is never shared: another origin, even of the same host, is asked as before', async () => {
    await breakDown();
    for (const url of [other, new URL('https://zorg.example:8443/')]) expect(await outcomeOf(circuits.run(url, answers))).toBe('answer');
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('circuit-open');
  });

  it('lets one request try after the pause; the others are refused at once meanwhile, and asked again when it is answered', async () => {
    await breakDown();
    await sleep(50);
    let answer: (text: string) => void = () => undefined;
    const trying = circuits.run(partner, () => new Promise<string>((resolve) => (answer = resolve)));
    await sleep(0);
    expect(circuits.countStates()).toEqual({ closed: 0, open: 0, 'half-open': 1 });
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('circuit-open');
    answer('it is back');
    expect(await trying).toBe('it is back');
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('answer');
    expect(circuits.countStates()).toEqual({ closed: 1, open: 0, 'half-open': 0 });
  });

  it('opens again, for longer, when the one that tries gets no answer', async () => {
    await breakDown();
    await sleep(50);
    expect(await outcomeOf(circuits.run(partner, fails('unreachable')))).toBe('unreachable');
    await sleep(50);
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('circuit-open');
    await sleep(50);
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('answer');
  });

  it('has a bounded number of places: one request more to a slow partner is refused, to another it is not', async () => {
    const release: (() => void)[] = [];
    const slow = Array.from({ length: 4 }, () => circuits.run(partner, () => new Promise<void>((resolve) => release.push(resolve))));
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('too-busy');
    expect(await outcomeOf(circuits.run(other, answers))).toBe('answer');
    for (const one of release) one();
    await Promise.all(slow);
    expect(await outcomeOf(circuits.run(partner, answers))).toBe('answer');
  });

  it('is forgotten when a thousand others were asked since: hosts that a stranger makes up take no more room', async () => {
    await breakDown();
    for (let number = 0; number < 1_500; number += 1) await circuits.run(new URL(`https://h${number}.example/`), answers);
    expect(circuits.countStates()).toEqual({ closed: 1_000, open: 0, 'half-open': 0 });
  });
});
