/** An answer that was asked for before the pages' own script was there. */
export interface EarlyAnswer {
  readonly askedAt: number;
  readonly answer: Promise<Response>;
}

declare global {
  interface Window {
    /** By path. */
    anwEarly?: Map<string, EarlyAnswer>;
  }
}

/** Milliseconds; what was asked for longer ago is asked again. */
const FRESH = 10_000;

/** The answer to a question without a body that was asked early: once, as it is no cache. */
export function takeEarly(path: string, now: number = performance.now()): Promise<Response> | undefined {
  const early = window.anwEarly?.get(path);
  window.anwEarly?.delete(path);
  return early !== undefined && now - early.askedAt < FRESH ? early.answer : undefined;
}
