import { parseStrictJson, StrictJsonError } from '@anw/identity';
import { TokenClientError } from './token-client-error.js';

/** The slice of `fetch` that is used here; time-outs, size limits and TLS are its maker's concern. */
export type TokenFetch = (url: string, request: TokenFetchRequest) => Promise<TokenFetchResponse>;

export interface TokenFetchRequest {
  readonly method: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface TokenFetchResponse {
  readonly status: number;
  text(): Promise<string>;
}

export interface JsonAnswer {
  readonly status: number;
  /** Undefined when the body is no JSON. */
  readonly body: unknown;
}

/** Asks for JSON: without that header a node answers errors as HTML (spec nuts-protocols §10 pitfall 25). @throws TokenClientError `unreachable` or `unavailable` */
export async function askJson(fetch: TokenFetch, url: string, form?: URLSearchParams): Promise<JsonAnswer> {
  const answer = await send(fetch, url, form);
  if (answer.status >= 500) throw new TokenClientError('unavailable', `status ${answer.status}`);
  return answer;
}

async function send(fetch: TokenFetch, url: string, form: URLSearchParams | undefined): Promise<JsonAnswer> {
  try {
    const response = await fetch(url, requestFor(form));
    return { status: response.status, body: parseJson(await response.text()) };
  } catch (cause) {
    throw new TokenClientError('unreachable', 'the authorization server gave no answer', { cause });
  }
}

function requestFor(form: URLSearchParams | undefined): TokenFetchRequest {
  if (form === undefined) return { method: 'GET', headers: { accept: 'application/json' } };
  return { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' }, body: form.toString() };
}

function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}
