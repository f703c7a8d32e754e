import { parseArgs } from 'node:util';

export interface CommandLine {
  readonly help: boolean;
  readonly json: boolean;
  /** Names of benchmarks; all when none is named. */
  readonly names: readonly string[];
  readonly rounds: number;
  readonly seconds: number;
  /** How large a record is read from, in resources, growing. */
  readonly resources: readonly number[];
}

/** The command line cannot be understood; the message says why. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** @throws UsageError */
export function parseOptions(parameters: readonly string[], known: readonly string[]): CommandLine {
  const { values, positionals } = parse(parameters);
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new UsageError(`There is no benchmark "${unknown}"; there are: ${known.join(', ')}.`);
  return {
    help: values.help ?? false,
    json: values.json ?? false,
    names: positionals.length === 0 ? known : positionals,
    rounds: wholeNumber('rounds', values.rounds ?? '3', 3),
    seconds: wholeNumber('seconds', values.seconds ?? '5', 1),
    resources: growingNumbers('resources', values.resources ?? '10000,100000,1000000'),
  };
}

function wholeNumber(option: string, text: string, least: number): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) < least) throw new UsageError(`--${option} is a whole number from ${least}, not "${text}".`);
  return Number(text);
}

function growingNumbers(option: string, text: string): readonly number[] {
  const numbers = text.split(',').map(Number);
  if (!/^[1-9]\d{0,7}(,[1-9]\d{0,7})*$/.test(text) || numbers.some((each, index) => each <= (numbers[index - 1] ?? 0))) {
    throw new UsageError(`--${option} are whole numbers, each larger than the one before, such as 10000,100000: not "${text}".`);
  }
  return numbers;
}

function parse(parameters: readonly string[]) {
  try {
    return parseArgs({
      args: [...parameters],
      allowPositionals: true,
      options: { help: { type: 'boolean', short: 'h' }, json: { type: 'boolean' }, rounds: { type: 'string' }, seconds: { type: 'string' }, resources: { type: 'string' } },
    });
  } catch (cause) {
    throw new UsageError((cause as Error).message, { cause });
  }
}
