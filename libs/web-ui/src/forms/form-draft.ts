import { kept } from '../storage/kept.js';

const PREFIX = 'anw-form:';

/** What was typed in a form and not sent yet, kept in this tab until it is sent or she logs out. Never for clinical text. */
export function keepFormDraft(name: string, values: unknown): void {
  kept('sessionStorage').keep(PREFIX + name, JSON.stringify(values));
}

/** Undefined when nothing was kept, or what was kept cannot be read. */
export function readFormDraft(name: string): Record<string, unknown> | undefined {
  try {
    const values: unknown = JSON.parse(kept('sessionStorage').read(PREFIX + name) ?? 'null');
    return typeof values === 'object' && values !== null && !Array.isArray(values) ? (values as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

export function forgetFormDraft(name: string): void {
  kept('sessionStorage').forget(PREFIX + name);
}

export function forgetFormDrafts(): void {
  for (const key of kept('sessionStorage').keys()) if (key.startsWith(PREFIX)) kept('sessionStorage').forget(key);
}
