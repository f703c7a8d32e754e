import { Did } from '@anw/values';
import { z } from 'zod';

/** What a triage system hears by webhook: that a visit it asked for came further. References only; the state is read with a token. */
export const VisitEvent = z.strictObject({
  specversion: z.literal('1.0'),
  /** The same for every attempt: by this a repeat is known. */
  id: z.uuid(),
  source: Did,
  type: z.literal('nl.anw.visit.changed.v1'),
  /** Id of the visit. */
  subject: z.uuid(),
  time: z.iso.datetime(),
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({ state: z.string().max(32), alarm: z.boolean() }),
});
export type VisitEvent = z.infer<typeof VisitEvent>;
