const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Amsterdam', dateStyle: 'short', timeStyle: 'short' });
const MINUTE = 60_000;

/** `2026-01-02T03:04` on the clock of the Netherlands, as a picker shows a moment. */
export function toLocalTime(moment: Date | string): string {
  return parts.format(new Date(moment)).replace(' ', 'T');
}

/** The instant of a time on the clock of the Netherlands; undefined when it is none. In the hour that occurs twice the first counts. */
export function toInstant(localTime: string): string | undefined {
  const asUtc = Date.parse(`${localTime}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  // The Netherlands is one or two hours ahead; the larger lead is the earlier moment.
  for (const lead of [120, 60]) {
    const candidate = new Date(asUtc - lead * MINUTE);
    if (toLocalTime(candidate) === localTime.slice(0, 16)) return candidate.toISOString();
  }
  // The hour that is skipped in spring.
  return new Date(asUtc - 60 * MINUTE).toISOString();
}
