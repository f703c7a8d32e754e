import { type ComponentType, lazy } from 'react';
import { basePath } from '../session/embedded.js';

/** Longest wait before what is needed next is fetched, in milliseconds: the first page has settled by then. */
const SETTLED_MILLISECONDS = 3_000;

/**
 * Pages of one module, of which the first page needs none: they are loaded at once by who comes in elsewhere, and else when
 * the first of them is shown, or after a while, whichever comes first.
 */
export function loadLater<Name extends string>(load: () => Promise<Readonly<Record<Name, ComponentType>>>, names: readonly Name[]): Readonly<Record<Name, ComponentType>> {
  let loading: ReturnType<typeof load> | undefined;
  // A load that failed, as in a stairwell, is tried again by the next page that needs it.
  const loadOnce = () => (loading ??= load().catch((error: unknown) => {
    loading = undefined;
    throw error;
  }));
  setTimeout(() => void loadOnce().catch(() => undefined), location.pathname === basePath() ? SETTLED_MILLISECONDS : 0);
  return Object.fromEntries(names.map((name) => [name, lazy(async () => ({ default: (await loadOnce())[name] }))])) as unknown as Readonly<Record<Name, ComponentType>>;
}
