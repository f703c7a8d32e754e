import { parseStrictJson, StrictJsonError } from '@anw/identity';
import { FhirClientError, type FhirClientFailure } from './fhir-client-error.js';
import { readOutcome } from './read-outcome.js';

/** A `fetch` that shows the access token, as `fetchWithToken` makes it. @throws when there is no answer */
export type FhirFetch = (
  url: string,
  request: { readonly method: string; readonly headers: Readonly<Record<string, string>>; readonly body?: string; readonly signal: AbortSignal },
) => Promise<Response>;

export interface ExchangeLimits {
  readonly timeoutMilliseconds: number;
  readonly maxResponseBytes: number;
}

export interface Exchange {
  readonly method: 'GET' | 'POST';
  readonly url: string;
  readonly body?: string;
  /** Breaks it off; the failure has the signal's reason as its cause. */
  readonly signal?: AbortSignal | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

/** One request and its answer within the limits. @throws FhirClientError for everything but a 2xx with JSON in it */
export async function exchange(fetch: FhirFetch, { method, url, body, headers: own, signal: brokenOff }: Exchange, limits: ExchangeLimits): Promise<Answer> {
  const late = AbortSignal.timeout(limits.timeoutMilliseconds);
  const signal = brokenOff === undefined ? late : AbortSignal.any([late, brokenOff]);
  const headers = { ...own, accept: 'application/fhir+json', ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }) };
  const request = { method, headers, signal, ...(body === undefined ? {} : { body }) };
  const { status, headers: answered, text } = await send(fetch, url, request, limits);
  const json = parseBody(text);
  if (status >= 200 && status < 300) {
    if (json === undefined) throw new FhirClientError('unreadable', { status });
    return { status, headers: answered, body: json };
  }
  throw new FhirClientError(failureOf(status), { status, ...readOutcome(json) });
}

async function send(fetch: FhirFetch, url: string, request: Parameters<FhirFetch>[1], limits: ExchangeLimits): Promise<{ status: number; headers: Headers; text: string }> {
  try {
    const response = await fetch(url, request);
    return { status: response.status, headers: response.headers, text: await readText(response, limits.maxResponseBytes) };
  } catch (cause) {
    throw cause instanceof FhirClientError ? cause : new FhirClientError('unavailable', {}, { cause });
  }
}

/** Reads no more than allowed, whatever the length header says. */
async function readText(response: Response, most: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > most) throw new FhirClientError('unreadable', { status: response.status });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Status decides; a body that is no JSON does not. */
function parseBody(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}

function failureOf(status: number): FhirClientFailure {
  switch (status) {
    case 401:
      return 'not-authenticated';
    case 403:
      return 'no-access';
    case 404:
      return 'not-found';
    case 409:
      return 'duplicate';
    case 422:
      return 'invalid-resource';
    case 429:
      return 'unavailable';
    default:
      return status >= 500 ? 'unavailable' : 'refused';
  }
}
