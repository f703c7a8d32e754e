import { kept } from '@anw/web-ui';
import { z } from 'zod';
import type { KeptDraft } from './kept-draft.js';

/** That something she typed was on this device alone when its visit ended: what kind and when, never what it said or of whom. */
export const LostDraft = z.object({ id: z.uuid(), kind: z.string(), savedAt: z.string() });
export type LostDraft = z.infer<typeof LostDraft>;

const KEY = 'anw-niet-verzonden';
const none: readonly LostDraft[] = [];
const listeners = new Set<() => void>();
let last: { readonly text: string; readonly lost: readonly LostDraft[] } | undefined;

/** Until she has seen it. The same list as long as it says the same. */
export function lostDrafts(): readonly LostDraft[] {
  const text = kept('localStorage').read(KEY);
  if (text === undefined) return none;
  if (last?.text !== text) last = { text, lost: read(text) };
  return last.lost;
}

/** Each is noted once, whichever tab notices. */
export function noteLost(drafts: readonly Pick<KeptDraft, keyof LostDraft>[]): void {
  const known = lostDrafts();
  const added = drafts.filter(({ id }) => !known.some((each) => each.id === id)).map(({ id, kind, savedAt }) => ({ id, kind, savedAt }));
  if (added.length > 0) write([...known, ...added]);
}

/** She has seen it. */
export function forgetLost(id: string): void {
  write(lostDrafts().filter((each) => each.id !== id));
}

/** She logged out, or somebody else logged in. */
export function forgetAllLost(): void {
  write(none);
}

/** Hears of changes in this tab and in the others. @returns how to stop */
export function onLostChange(hear: () => void): () => void {
  listeners.add(hear);
  window.addEventListener('storage', hear);
  return () => {
    listeners.delete(hear);
    window.removeEventListener('storage', hear);
  };
}

function write(lost: readonly LostDraft[]): void {
  if (lost.length === 0) kept('localStorage').forget(KEY);
  else kept('localStorage').keep(KEY, JSON.stringify(lost));
  for (const hear of listeners) hear();
}

function read(text: string): readonly LostDraft[] {
  try {
    return z.array(LostDraft).safeParse(JSON.parse(text)).data ?? none;
  } catch {
    return none;
  }
}
