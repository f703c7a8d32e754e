import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { StaffSession } from './oidc-login.js';

export interface Question<T> {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: string;
  readonly body?: object;
  readonly answer: z.ZodType<T>;
}

/** Asks a staff door and reads its answer. @throws Error with the door's own words when it refuses or answers in another form */
export async function ask<T>(session: StaffSession, { method, path, body, answer }: Question<T>): Promise<T> {
  const response = await session.request(method, path, body);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path} was answered with ${response.status}: ${text.slice(0, 500)}`);
  const parsed = answer.safeParse(JSON.parse(text));
  if (!parsed.success) throw new Error(`${method} ${path} was answered in another form than agreed: ${z.prettifyError(parsed.error)}`);
  return parsed.data;
}

/** Looks again until `look` finds something, first at once and then less and less often: each look takes time from what it waits for. @throws Error when a minute passes without */
export async function eventually<T>(what: string, look: () => Promise<T | undefined>, milliseconds = 60_000): Promise<T> {
  const deadline = performance.now() + milliseconds;
  for (let pause = 10; ; pause = Math.min(pause * 1.5, 100)) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > deadline) throw new Error(`did not happen within ${milliseconds / 1000} s: ${what}`);
    await sleep(pause);
  }
}

/** @throws Error with that sentence unless the condition holds */
export function expectThat(holds: boolean, sentence: string): void {
  if (!holds) throw new Error(sentence);
}
