import { z } from 'zod';
import { AuthorizationView } from './authorization.js';
import { CareRequestView } from './care-request.js';
import { HandoverView } from './handover.js';

/** Server-sent events of `GET /api/events` at the desk, each named for its `type`: how that one stands now. */
export const DeskEvent = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('authorization'), authorization: AuthorizationView }),
  z.strictObject({ type: z.literal('care-request'), careRequest: CareRequestView }),
  z.strictObject({ type: z.literal('handover'), handover: HandoverView }),
]);
export type DeskEvent = z.infer<typeof DeskEvent>;
