/** How to get into a home is shown no longer than this. */
const LONGEST_MILLISECONDS = 60_000;

/** For how long what the server gave may be shown, in milliseconds: a phone whose clock is wrong shows it neither longer nor not at all. */
export function shownFor(visibleUntil: string, now: Date): number {
  const left = Date.parse(visibleUntil) - now.getTime();
  return left > 0 && left <= LONGEST_MILLISECONDS ? left : LONGEST_MILLISECONDS;
}
