import { parseStrictJson } from '@anw/identity';
import { OutboundError, type OutboundFailure } from '@anw/outbound';
import type { FhirFetch } from '../exchange.js';
import { type SourceFault, SourceSystemError } from './source-system-error.js';

export interface SourceConnection {
  /** FHIR base URL of the organisation's own server, without a slash at the end. */
  readonly base: string;
  /** Reaches that server and nothing else, with its time and size limits for one request. */
  readonly fetch: FhirFetch;
  /** Value of `Authorization`, when that server asks for one. */
  readonly authorization?: string;
}

export interface SourceRequest {
  readonly method: 'GET' | 'PUT' | 'POST';
  readonly url: string;
  readonly body?: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface SourceAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` when there was no body. */
  readonly body: unknown;
  readonly bytes: number;
}

/** One request and its answer. @throws SourceSystemError for everything but a 2xx with JSON or without a body */
export async function exchangeWithSource({ fetch, authorization }: SourceConnection, { method, url, body, headers }: SourceRequest, signal: AbortSignal): Promise<SourceAnswer> {
  const sent = {
    accept: 'application/fhir+json',
    ...(authorization !== undefined && { authorization }),
    ...(body !== undefined && { 'content-type': 'application/fhir+json', prefer: 'return=representation' }),
    ...headers,
  };
  const response = await answered(() => fetch(url, { method, headers: sent, signal, ...(body !== undefined && { body: JSON.stringify(body) }) }), signal);
  const fault = faultOf(response.status);
  if (fault !== undefined) throw new SourceSystemError(fault);
  const text = await answered(() => response.text(), signal);
  return { status: response.status, headers: response.headers, body: text === '' ? undefined : parseJson(text, response.headers), bytes: text.length };
}

async function answered<T>(request: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await request();
  } catch (cause) {
    throw new SourceSystemError(signal.aborted ? 'timeout' : withoutAnswer(cause), { cause });
  }
}

const outboundFaults: Readonly<Record<OutboundFailure, SourceFault>> = {
  'forbidden-url': 'forbidden-address',
  'forbidden-address': 'forbidden-address',
  unreachable: 'unreachable',
  tls: 'unreachable',
  timeout: 'timeout',
  aborted: 'timeout',
  'response-too-large': 'too-large',
  'circuit-open': 'busy',
  'too-busy': 'busy',
};

function withoutAnswer(cause: unknown): SourceFault {
  return cause instanceof OutboundError ? outboundFaults[cause.code] : 'unreachable';
}

function faultOf(status: number): SourceFault | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status >= 300 && status < 400) return 'redirect';
  switch (status) {
    case 401:
    case 403:
      return 'credential-refused';
    case 404:
    case 410:
      return 'not-found';
    case 429:
      return 'busy';
    default:
      return status >= 500 || status === 408 ? 'server-error' : 'content-refused';
  }
}

/** A page of HTML, two values under one name, a number out of range: none of it is FHIR. */
function parseJson(text: string, headers: Headers): unknown {
  if (!/\bjson\b/i.test(headers.get('content-type') ?? '')) throw new SourceSystemError('not-json');
  try {
    return parseStrictJson(text);
  } catch (cause) {
    throw new SourceSystemError('not-json', { cause });
  }
}
