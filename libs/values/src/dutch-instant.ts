const moment = new Intl.DateTimeFormat('nl-NL', { timeZone: 'Europe/Amsterdam', day: 'numeric', month: 'long', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** A moment as the clock on the wall had it: `3 maart 2026 om 02:14`. */
export function printDutchInstant(at: Date): string {
  return moment.format(at);
}
