import { ProblemDetails } from '@anw/api-contracts';
import { z } from 'zod';
import { takeEarly } from '../early/early-answers.js';
import { tellSessionLost } from '../session/session-lost.js';
import { sessionHeaders } from '../session/session-token.js';
import { ApiProblem } from './api-problem.js';

export interface Question<T> {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Of our own service, as `/api/route`. */
  readonly path: string;
  /** Goes as JSON. */
  readonly body?: unknown;
  /** What the answer must be; `nothing` for an answer without content. */
  readonly answer: z.ZodType<T, unknown>;
  readonly signal?: AbortSignal;
  /** A question that the page asks by itself when nobody is logged in yet: a 401 is an answer then, no lost session. */
  readonly mayBeLoggedOut?: boolean;
}

/** For answers without content. */
export const nothing: z.ZodType<undefined, unknown> = z.undefined();

/**
 * Asks our own service. A 401 tells the session that it is lost, so that the page locks and keeps what was typed.
 * @throws ApiProblem for everything that goes wrong but an abort
 */
export async function ask<T>({ method = 'GET', path, body, answer, signal, mayBeLoggedOut = false }: Question<T>): Promise<T> {
  const early = method === 'GET' ? await takeEarly(path)?.catch(() => undefined) : undefined;
  const response = early ?? await send(path, {
    method,
    signal,
    headers: { accept: 'application/json', ...sessionHeaders(), ...(method !== 'GET' && { 'content-type': 'application/json' }) },
    ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
  });
  if (!response.ok) throw await problemOf(response, mayBeLoggedOut);
  const content = response.status === 204 ? undefined : await readJson(response);
  const parsed = answer.safeParse(content);
  if (!parsed.success) throw ApiProblem.unreadable(response.status, undefined, parsed.error);
  return parsed.data;
}

/** As `fetch` of our own service, but what goes wrong on the way is an `ApiProblem`. */
export async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, { ...init, credentials: 'same-origin', redirect: 'error', cache: 'no-store' });
  } catch (cause) {
    if (init.signal?.aborted === true) throw cause;
    throw ApiProblem.unreachable(cause);
  }
}

/** What a refusal says; a 401 is also told to the session. */
export async function problemOf(response: Response, mayBeLoggedOut = false): Promise<ApiProblem> {
  const details = ProblemDetails.safeParse(await response.json().catch(() => undefined));
  if (response.status === 401 && !mayBeLoggedOut) tellSessionLost();
  return details.success ? ApiProblem.fromDetails(details.data) : ApiProblem.unreadable(response.status, undefined);
}

async function readJson(response: Response): Promise<unknown> {
  try {
    return await response.json();
  } catch (cause) {
    throw ApiProblem.unreadable(response.status, undefined, cause);
  }
}
