import { FhirResource, type DossierQuery } from '@anw/fhir';
import { z } from 'zod';
import { type Answer, exchange, type ExchangeLimits, type FhirFetch } from './exchange.js';
import { FhirClientError, type RemoteIssue } from './fhir-client-error.js';
import { readOutcome } from './read-outcome.js';

export interface FhirClientConfig {
  /** Shows the access token for one patient at that organisation; it is asked for nothing outside of `base`. */
  readonly fetch: FhirFetch;
  /** FHIR base URL of the custodian organisation. */
  readonly base: string;
  readonly limits?: Partial<ExchangeLimits>;
}

export interface SearchPage {
  readonly total: number;
  readonly matches: readonly FhirResource[];
  readonly included: readonly FhirResource[];
  /** Link of the next page, below the base. */
  readonly next?: string;
}

export interface Written {
  /** `Observation/…` as the custodian named it. */
  readonly reference: string;
  /** `meta.versionId`, where the custodian named it. */
  readonly version?: string;
  /** False when this write had been stored before: the answer is the first result (design D18). */
  readonly isNew: boolean;
  /** What the custodian remarks: stored all the same. */
  readonly warnings: readonly RemoteIssue[];
}

export interface RequestOptions {
  /** Breaks the request off. */
  readonly signal?: AbortSignal;
}

/** One custodian organisation's FHIR door for one token. Nothing is kept. @throws FhirClientError from every method */
export interface FhirClient {
  read(type: string, id: string, options?: RequestOptions): Promise<FhirResource>;
  search(query: Pick<DossierQuery, 'type' | 'parameters'>, options?: RequestOptions): Promise<SearchPage>;
  /** The page behind a `next` link. */
  follow(next: string): Promise<SearchPage>;
  /**
   * Writes a resource. When no answer came it is sent once more, but only if it carries an identifier, by which the
   * custodian knows a repeat.
   */
  create(resource: FhirResource): Promise<Written>;
}

const defaultLimits: ExchangeLimits = { timeoutMilliseconds: 10_000, maxResponseBytes: 8 * 1_024 * 1_024 };

const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
  total: z.number().int().nonnegative().optional(),
  link: z.array(z.looseObject({ relation: z.string(), url: z.string() })).default([]),
  entry: z.array(z.looseObject({ resource: FhirResource, search: z.looseObject({ mode: z.string() }).optional() })).default([]),
});

export function createFhirClient({ fetch, base, limits }: FhirClientConfig): FhirClient {
  const root = base.replace(/\/$/, '');
  const bounds = { ...defaultLimits, ...limits };
  const get = (url: string, options?: RequestOptions): Promise<Answer> => exchange(fetch, { method: 'GET', url, signal: options?.signal }, bounds);
  return {
    read: async (type, id, options) => readResource(await get(`${root}/${type}/${encodeURIComponent(id)}`, options)),
    search: async ({ type, parameters }, options) => readPage(await get(`${root}/${type}?${printQuery(parameters)}`, options), root),
    follow: async (next) => {
      if (!isBelow(next, root)) throw new FhirClientError('unreadable');
      return readPage(await get(next), root);
    },
    create: async (resource) => {
      const write = { method: 'POST', url: `${root}/${resource.resourceType}`, body: JSON.stringify(resource) } as const;
      return readWritten(await sendOnceOrTwice(() => exchange(fetch, write, bounds), hasIdentifier(resource)), resource.resourceType);
    },
  };
}

async function sendOnceOrTwice(send: () => Promise<Answer>, mayRepeat: boolean): Promise<Answer> {
  try {
    return await send();
  } catch (error) {
    if (!mayRepeat || !(error instanceof FhirClientError) || error.code !== 'unavailable') throw error;
    return send();
  }
}

function hasIdentifier(resource: FhirResource): boolean {
  return Array.isArray(resource['identifier']) && resource['identifier'].length > 0;
}

function readResource({ body, status }: Answer): FhirResource {
  const parsed = FhirResource.safeParse(body);
  if (!parsed.success) throw new FhirClientError('unreadable', { status });
  return parsed.data;
}

/** Entries of a mode that is neither match nor include (an OperationOutcome, say) are no data. */
function readPage({ body, status }: Answer, root: string): SearchPage {
  const parsed = Bundle.safeParse(body);
  if (!parsed.success) throw new FhirClientError('unreadable', { status });
  const { entry, link, total } = parsed.data;
  const ofMode = (mode: string): FhirResource[] => entry.filter(({ search }) => (search?.mode ?? 'match') === mode).map(({ resource }) => resource);
  const matches = ofMode('match');
  const next = link.find(({ relation }) => relation === 'next')?.url;
  return { total: total ?? matches.length, matches, included: ofMode('include'), ...(next !== undefined && isBelow(next, root) ? { next } : {}) };
}

function readWritten({ status, headers, body }: Answer, type: string): Written {
  const [, located, version] = new RegExp(`(?:^|/)(${type}/[A-Za-z0-9.-]{1,64})(?:/_history/([A-Za-z0-9.-]{1,64}))?$`).exec(headers.get('location') ?? '') ?? [];
  const stored = FhirResource.safeParse(body);
  const reference = located ?? (stored.success && stored.data.resourceType === type && stored.data.id !== undefined ? `${type}/${stored.data.id}` : undefined);
  if (reference === undefined) throw new FhirClientError('unreadable', { status });
  return { reference, ...(version !== undefined && { version }), isNew: status === 201, warnings: readOutcome(body)?.issues ?? [] };
}

/** A link that leads elsewhere would take the token along. */
function isBelow(url: string, root: string): boolean {
  return URL.canParse(url) && new URL(url).href.startsWith(`${new URL(root).href}/`);
}

function printQuery(parameters: DossierQuery['parameters']): string {
  return parameters.map(([name, value]) => `${encodeURIComponent(name).replaceAll('%3A', ':')}=${encodeURIComponent(value)}`).join('&');
}
