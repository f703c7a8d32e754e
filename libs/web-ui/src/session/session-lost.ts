const listeners = new Set<() => void>();

/** Some request was answered with "nobody is logged in". */
export function tellSessionLost(): void {
  for (const listener of listeners) listener();
}

/** @returns how to stop listening */
export function onSessionLost(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
