import { parseOptions, UsageError } from './parse-options.js';

const known = ['token', 'start'];

describe('command line of the benchmarks', () => {
  it('runs all of them when none is named', () => {
    expect(parseOptions([], known)).toEqual({ help: false, json: false, names: ['token', 'start'], rounds: 3, seconds: 5 });
  });

  it('runs those that are named, as often and as long as asked', () => {
    expect(parseOptions(['token', '--json', '--rounds', '5', '--seconds', '10'], known)).toEqual({ help: false, json: true, names: ['token'], rounds: 5, seconds: 10 });
  });

  it.each([[['tokens']], [['--rounds', '2']], [['--seconds', '0']], [['--seconds', '1.5']], [['--loud']]])('does not guess what %j means', (parameters) => {
    expect(() => parseOptions(parameters, known)).toThrow(UsageError);
  });
});
