import { z } from 'zod';
import { exchangeWithSource, type SourceConnection } from './source-exchange.js';
import { SourceSystemError } from './source-system-error.js';

/** How much of one question's answer we are willing to read. */
export interface CollectLimits {
  readonly maxPages: number;
  readonly maxResources: number;
  readonly maxBytes: number;
}

/** Years of measurements of one person fit; what does not is refused as a whole, for a part would look like all. */
export const defaultCollectLimits: CollectLimits = { maxPages: 60, maxResources: 5_000, maxBytes: 32 * 1024 * 1024 };

const Page = z.looseObject({
  resourceType: z.literal('Bundle'),
  link: z.array(z.looseObject({ relation: z.string(), url: z.string() })).default([]),
  entry: z.array(z.looseObject({ resource: z.unknown().optional(), search: z.looseObject({ mode: z.string().optional() }).optional() })).default([]),
});

/** Every resource of a search over all its pages, unjudged. @throws SourceSystemError */
export async function collectMatches(connection: SourceConnection, type: string, query: URLSearchParams, signal: AbortSignal, limits: CollectLimits = defaultCollectLimits): Promise<readonly unknown[]> {
  const found: unknown[] = [];
  const followed = new Set<string>();
  let bytes = 0;
  for (let url: string | undefined = `${connection.base}/${type}?${query.toString()}`; url !== undefined; ) {
    if (followed.has(url)) throw new SourceSystemError('next-link-cycle');
    followed.add(url);
    const answer = await exchangeWithSource(connection, { method: 'GET', url }, signal);
    const page = readPage(answer.body);
    found.push(...resourcesOf(page));
    bytes += answer.bytes;
    if (bytes > limits.maxBytes) throw new SourceSystemError('too-large');
    if (found.length > limits.maxResources) throw new SourceSystemError('too-many-resources');
    url = nextLink(page, url, connection.base);
    if (url !== undefined && followed.size >= limits.maxPages) throw new SourceSystemError('too-many-resources');
  }
  return found;
}

function readPage(body: unknown): z.infer<typeof Page> {
  const page = Page.safeParse(body);
  if (!page.success) throw new SourceSystemError('not-fhir', { cause: page.error });
  return page.data;
}

/** Remarks of the server (`search.mode` outcome) are no results. */
function resourcesOf({ entry }: z.infer<typeof Page>): readonly unknown[] {
  return entry.flatMap(({ resource, search }) => (search?.mode === 'outcome' ? [] : [resource]));
}

/** A server pages at its own origin; a link to anywhere else would send our credential there. */
function nextLink({ link }: z.infer<typeof Page>, current: string, base: string): string | undefined {
  const next = link.find(({ relation }) => relation === 'next')?.url;
  if (next === undefined) return undefined;
  const url = URL.parse(next, current);
  if (url === null || url.origin !== new URL(base).origin || url.username !== '' || url.password !== '') throw new SourceSystemError('next-link-elsewhere');
  return url.href;
}
