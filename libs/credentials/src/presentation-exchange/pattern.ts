import { createContext, Script } from 'node:vm';
import { CredentialError } from '../credential.js';

const MAX_PATTERN_LENGTH = 256;
const MAX_VALUE_LENGTH = 1024;

/**
 * Far beyond what an honest pattern needs on a text of at most 1024 characters. Wall time, so generous: on a machine that
 * is busy with something else an honest pattern must not count as no match.
 */
const TIME_LIMIT_MILLISECONDS = 500;

/** Fixed text, anchors, escapes and single character classes: matched in one pass, so no limit on time is needed. */
const withoutRepetition = /^[^*+?{}()|]*$/;

const sandbox = createContext(Object.create(null) as object);
const search = new Script('(() => { const found = new RegExp(pattern).exec(value); return found === null ? undefined : found[1] ?? found[0]; })()');

/** @throws CredentialError `definition-unsupported` when the pattern is too long, no regular expression, or has more than one group */
export function assertPattern(pattern: string): void {
  if (pattern.length > MAX_PATTERN_LENGTH) throw new CredentialError('definition-unsupported', 'a pattern is too long');
  if (captureGroups(pattern) > 1) throw new CredentialError('definition-unsupported', 'a pattern has more than one group');
}

/** An alternative that matches nothing makes every regular expression tell how many groups it has. */
function captureGroups(pattern: string): number {
  try {
    return (new RegExp(`${pattern}|`).exec('') ?? []).length - 1;
  } catch (cause) {
    throw new CredentialError('definition-unsupported', 'a pattern is no regular expression', { cause });
  }
}

/**
 * Searches a text for a pattern (ECMAScript, anywhere unless anchored): its one group when it has one, else what matched;
 * undefined when nothing did. Definitions come from other parties, so a pattern that could run for ever is stopped
 * (spec nuts-protocols S17) and counts as no match.
 */
export function searchPattern(pattern: string, value: string): string | undefined {
  if (value.length > MAX_VALUE_LENGTH) return undefined;
  if (withoutRepetition.test(pattern)) return new RegExp(pattern).exec(value)?.[0];
  return searchWithinTime(pattern, value);
}

function searchWithinTime(pattern: string, value: string): string | undefined {
  Object.assign(sandbox, { pattern, value });
  try {
    return search.runInContext(sandbox, { timeout: TIME_LIMIT_MILLISECONDS }) as string | undefined;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  }
}
