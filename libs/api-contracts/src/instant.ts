import { z } from 'zod';

/** A moment as it travels: ISO 8601 with a zone. */
export const Instant = z.iso.datetime({ offset: true });
export type Instant = z.infer<typeof Instant>;

/** Half-open stretch of time as it travels: `from` belongs to it, `until` does not and comes later. */
export const Period = z.strictObject({ from: Instant, until: Instant }).refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
  message: 'until must come after from',
  params: { inDutch: 'De eindtijd ligt niet na de begintijd.' },
  path: ['until'],
});
export type Period = z.infer<typeof Period>;
