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
  readonly headers: Pick<Headers, 'get'>;
  text(): Promise<string>;
}

export interface JsonAnswer {
  readonly status: number;
  readonly headers: Pick<Headers, 'get'>;
  /** Undefined when the body is no JSON. */
  readonly body: unknown;
}

export interface FormToPost {
  readonly form: URLSearchParams;
  /** DPoP proof. */
  readonly proof: string | undefined;
}

/** Asks for JSON: without that header a node answers errors as HTML (spec nuts-protocols §10 pitfall 25). @throws TokenClientError `unreachable` or `unavailable` */
export async function askJson(fetch: TokenFetch, url: string, post?: FormToPost): Promise<JsonAnswer> {
  const answer = await send(fetch, url, post);
  if (answer.status >= 500) throw new TokenClientError('unavailable', `status ${answer.status}`);
  return answer;
}

async function send(fetch: TokenFetch, url: string, post: FormToPost | undefined): Promise<JsonAnswer> {
  try {
    const response = await fetch(url, requestFor(post));
    return { status: response.status, headers: response.headers, body: parseJson(await response.text()) };
  } catch (cause) {
    throw new TokenClientError('unreachable', 'the authorization server gave no answer', { cause });
  }
}

function requestFor(post: FormToPost | undefined): TokenFetchRequest {
  if (post === undefined) return { method: 'GET', headers: { accept: 'application/json' } };
  const { form, proof } = post;
  return { method: 'POST', headers: { accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded', ...(proof !== undefined && { dpop: proof }) }, body: form.toString() };
}

function parseJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    if (error instanceof StrictJsonError) return undefined;
    throw error;
  }
}
