type Place = 'localStorage' | 'sessionStorage';

const standIns: Readonly<Record<Place, Map<string, string>>> = { localStorage: new Map(), sessionStorage: new Map() };

/** What this device remembers for a page. */
export interface Kept {
  read(key: string): string | undefined;
  keep(key: string, value: string): void;
  forget(key: string): void;
  keys(): readonly string[];
}

/**
 * The browser's storage; where it keeps none from us (a frame in another site, a strict setting, a full disk) the memory of
 * this document stands in.
 */
export function kept(place: Place): Kept {
  const standIn = standIns[place];
  return {
    read: (key) => attempt(() => window[place].getItem(key), null) ?? standIn.get(key),
    keep: (key, value) => attempt(() => window[place].setItem(key, value), () => standIn.set(key, value)),
    forget: (key) => {
      standIn.delete(key);
      attempt(() => window[place].removeItem(key), undefined);
    },
    keys: () => [...new Set([...attempt(() => Object.keys(window[place]), []), ...standIn.keys()])],
  };
}

/** @param otherwise what holds when the browser refuses, or what to do then */
function attempt<T>(act: () => T, otherwise: T | (() => unknown)): T {
  try {
    return act();
  } catch {
    return (typeof otherwise === 'function' ? (otherwise as () => unknown)() : otherwise) as T;
  }
}
