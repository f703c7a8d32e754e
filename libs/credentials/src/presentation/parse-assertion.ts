import { parseStrictJson, StrictJsonError } from '@anw/identity';
import { z } from 'zod';
import { CredentialError } from '../credential.js';
import { describeForm } from '../credential-failures.js';
import { MAX_PRESENTED_CREDENTIALS, parsePresentation } from './parse-presentation.js';
import type { ParsedAssertion } from './presentation.js';

/** JWTs only: metadata lists no other format of a presentation. */
const Presentations = z.tuple([z.string()], z.string()).refine(({ length }) => length <= MAX_PRESENTED_CREDENTIALS);

/**
 * Reads the `assertion` of a token request: "the VP: compact JWT, […] or JSON array of VPs" (spec nuts-protocols §4.4).
 * Several presentations hold no more credentials together than one may.
 * @throws CredentialError `malformed`, `unsupported-algorithm`, `nonce-missing` or `too-many-credentials`
 */
export function parseAssertion(text: string): ParsedAssertion {
  if (!text.startsWith('[')) return { form: 'single', presentations: [parsePresentation(text)] };
  const [first, ...others] = readArray(text);
  const presentations = [parsePresentation(first), ...others.map(parsePresentation)] as const;
  const presented = presentations.reduce((sum, { credentials }) => sum + credentials.length, 0);
  if (presented > MAX_PRESENTED_CREDENTIALS) throw new CredentialError('too-many-credentials', `more than ${MAX_PRESENTED_CREDENTIALS}`);
  return { form: 'array', presentations };
}

function readArray(text: string): z.infer<typeof Presentations> {
  const read = Presentations.safeParse(parseJson(text));
  if (!read.success) throw new CredentialError('malformed', describeForm('presentations', read.error));
  return read.data;
}

function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (cause) {
    if (!(cause instanceof StrictJsonError)) throw cause;
    throw new CredentialError('malformed', 'presentations: no strict JSON', { cause });
  }
}
