import { z } from 'zod';
import { strictMode } from './strict-mode.js';

/** The settings of one module: which variables of the environment it reads, and which of their values weaken the service. */
export interface Settings<T> {
  /** Parses the environment; the keys of the object schema are names of variables. */
  readonly schema: z.ZodType<T, unknown>;
  /** One sentence per value that is unfit for production, each starting with the variable's name, none holding a secret. */
  readonly insecure?: (config: T) => readonly string[];
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment is not fit to start with: `problems` names every variable at once, never a value. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError';
  constructor(readonly problems: readonly string[]) {
    super(['The service cannot start with these settings:', ...problems.map((problem) => `  - ${problem}`)].join('\n'));
  }
}

/**
 * Reads the settings of all modules from one environment. Every problem of every module is named at once; in strict
 * mode (the default) insecure values are problems too (design D20).
 * @throws ConfigurationError
 */
export function readConfig<Config extends Record<string, unknown>>(environment: Environment, modules: { readonly [Name in keyof Config]: Settings<Config[Name]> }): Config {
  const present = withoutBlanks(environment);
  const strict = strictMode.safeParse(present);
  const problems: string[] = strict.success ? [] : describe(strict.error, present);
  const config: Record<string, unknown> = {};
  for (const [name, settings] of Object.entries<Settings<never>>(modules as never)) {
    const parsed = settings.schema.safeParse(present);
    if (!parsed.success) {
      problems.push(...describe(parsed.error, present));
      continue;
    }
    config[name] = parsed.data;
    if (strict.success && strict.data.STRICT_MODE === 'on') problems.push(...(settings.insecure?.(parsed.data) ?? []).map(inStrictMode));
  }
  if (problems.length > 0) throw new ConfigurationError([...new Set(problems)]);
  return config as never;
}

/** A variable that is set to nothing counts as absent: that is what an empty line in an environment file means. */
function withoutBlanks(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value.trim() !== ''));
}

function inStrictMode(sentence: string): string {
  return `${sentence} (strict mode; STRICT_MODE=off allows it outside production)`;
}

function describe(error: z.ZodError, present: Environment): string[] {
  return error.issues.map((issue) => {
    const variable = String(issue.path[0] ?? 'environment');
    return `${variable}: ${variable in present ? issue.message : 'is not set'}`;
  });
}
