/** How long before the end a person is asked whether she is still there. */
export const WARNING_SECONDS = 60;

/** How the session of someone who did nothing since `lastActive` stands. */
export type Idleness = { readonly state: 'active' } | { readonly state: 'warned'; readonly secondsLeft: number } | { readonly state: 'over' };

/** `idleSeconds` is the server's rule; moments in milliseconds since 1970. */
export function idlenessAt(now: number, lastActive: number, idleSeconds: number): Idleness {
  const secondsLeft = Math.ceil((lastActive + idleSeconds * 1000 - now) / 1000);
  if (secondsLeft <= 0) return { state: 'over' };
  return secondsLeft <= WARNING_SECONDS ? { state: 'warned', secondsLeft } : { state: 'active' };
}
