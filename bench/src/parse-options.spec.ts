import { parseOptions, UsageError } from './parse-options.js';

const known = ['token', 'start'];

describe('command line of the benchmarks', () => {
  it('runs all of them when none is named', () => {
    expect(parseOptions([], known)).toEqual({ help: false, json: false, names: ['token', 'start'], rounds: 3, seconds: 5, resources: [10_000, 100_000, 1_000_000] });
  });

  it('runs those that are named, as often and as long as asked', () => {
    expect(parseOptions(['token', '--json', '--rounds', '5', '--seconds', '10'], known)).toEqual({ help: false, json: true, names: ['token'], rounds: 5, seconds: 10, resources: [10_000, 100_000, 1_000_000] });
  });

  it('reads from records as large as asked', () => {
    expect(parseOptions(['start', '--resources', '500,2000'], known)).toMatchObject({ names: ['start'], resources: [500, 2_000] });
  });

  it.each([[['tokens']], [['--rounds', '2']], [['--seconds', '0']], [['--seconds', '1.5']], [['--loud']], [['--resources', '100,100']], [['--resources', 'many']], [['--resources', '0']]])('does not guess what %j means', (parameters) => {
    expect(() => parseOptions(parameters, known)).toThrow(UsageError);
  });
});
