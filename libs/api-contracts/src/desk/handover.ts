import { z } from 'zod';
import { Instant } from '../instant.js';
import { AuthorizationView } from './authorization.js';
import { CareRequestView } from './care-request.js';

const note = z.string().trim().max(1000);

/** `POST /api/handovers`: what the next triagist has to know. The page makes the id, so that a double click hands over once. */
export const HandoverInput = z.strictObject({
  id: z.uuid(),
  remark: note.optional(),
  /** A note for some of what is open; what is open and not named here is part of the handover all the same. */
  notes: z.array(z.strictObject({ careRequest: z.uuid(), note: note.min(1) })).max(200),
});
export type HandoverInput = z.infer<typeof HandoverInput>;

const Person = z.strictObject({ identifier: z.string(), name: z.string() });

/** A handover with what was open when it was written, as that stands now. */
export const HandoverView = z.strictObject({
  id: z.uuid(),
  from: Person,
  writtenAt: Instant,
  remark: z.string().optional(),
  items: z.array(z.strictObject({ careRequest: CareRequestView, authorization: AuthorizationView.optional(), note: z.string().optional() })),
  acceptedBy: Person.optional(),
  acceptedAt: Instant.optional(),
});
export type HandoverView = z.infer<typeof HandoverView>;

/** `GET /api/handovers`: newest first. `POST /api/handovers/:id/accept` answers the one. */
export const HandoverList = z.strictObject({ handovers: z.array(HandoverView) });
export type HandoverList = z.infer<typeof HandoverList>;
