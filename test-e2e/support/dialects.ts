import { z } from 'zod';
import type { RawAnswer } from './raw-request.js';

export type Dialect = 'problem' | 'oauth' | 'fhir';

const reference = z.uuid();
const refusals = {
  problem: { contentType: 'application/problem+json', body: z.object({ type: z.string().startsWith('urn:anw:problem:'), title: z.string(), status: z.number(), reference }) },
  oauth: { contentType: 'application/json', body: z.object({ error: z.string(), error_description: z.string(), reference }) },
  fhir: {
    contentType: 'application/fhir+json',
    body: z.object({ resourceType: z.literal('OperationOutcome'), id: reference, issue: z.array(z.looseObject({ severity: z.enum(['error', 'fatal']), code: z.string(), details: z.object({ text: z.string() }) })).min(1) }),
  },
} as const satisfies Record<Dialect, { readonly contentType: string; readonly body: z.ZodType }>;

/** The dialect in which a refusal is told, completely and with its reference; undefined when it is none of the three. */
export function dialectOf({ contentType, text }: RawAnswer): Dialect | undefined {
  const dialects = Object.keys(refusals) as Dialect[];
  return dialects.find((dialect) => refusals[dialect].contentType === contentType && refusals[dialect].body.safeParse(parse(text)).success);
}

/** Path prefixes and the norm that rules them (style: three dialects). */
export function expectedDialect(target: string): Dialect {
  const path = target.replace(/^https?:\/\/[^/]*/, '');
  if (path.startsWith('/fhir/')) return 'fhir';
  return path.startsWith('/oauth2/') || path.startsWith('/.well-known/oauth-authorization-server') ? 'oauth' : 'problem';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
