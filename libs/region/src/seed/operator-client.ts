import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { RegionError } from '../region-error.js';

/** Speaks with the operator door of one service, over loopback. */
export interface OperatorClient {
  get<T>(path: string, schema: z.ZodType<T>): Promise<T>;
  post<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  put<T>(path: string, body: object, schema: z.ZodType<T>): Promise<T>;
  delete(path: string): Promise<void>;
}

export function createOperatorClient(base: string): OperatorClient {
  return {
    get: (path, schema) => send(base, 'GET', path, undefined, schema),
    post: (path, body, schema) => send(base, 'POST', path, body, schema),
    put: (path, body, schema) => send(base, 'PUT', path, body, schema),
    delete: (path) => send(base, 'DELETE', path, undefined, z.undefined()),
  };
}

async function send<T>(base: string, method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body: object | undefined, schema: z.ZodType<T>): Promise<T> {
  const what = `${method} ${path}`;
  const response = await request(base + path, method, body);
  const text = await response.text();
  if (!response.ok) throw new RegionError(`${base} refused ${what} with ${response.status}: ${text.slice(0, 1_000)}`);
  const parsed = schema.safeParse(text === '' ? undefined : JSON.parse(text));
  if (!parsed.success) throw new RegionError(`${base} answered ${what} in another form than expected: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** A door that has just opened may be busy (503); every request of ours may be sent twice. */
async function request(url: string, method: string, body: object | undefined): Promise<Response> {
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
      signal: AbortSignal.timeout(60_000),
    });
    if (response.status !== 503 || attempt === 20) return response;
    await response.body?.cancel();
    await sleep(250);
  }
}
