import { z } from 'zod';
import { Instant, Period } from '../instant.js';

const reason = z.string().trim().min(3).max(300);

/** `POST /api/authorizations/:id/revoke`. The reason stays at the desk: what travels says that it was revoked, never why. */
export const RevokeInput = z.strictObject({ reason: reason.optional() });
export type RevokeInput = z.infer<typeof RevokeInput>;

/**
 * `POST /api/authorizations/:id/reassign`: the old one is revoked and a new one issued in one act. Everything that is
 * left out stays as it was. `requestId` is made by the page, so that a double click reassigns once.
 */
export const ReassignInput = z.strictObject({
  requestId: z.uuid(),
  shift: z.uuid(),
  reason,
  visitWindow: Period.optional(),
  note: z.string().trim().min(1).max(2000).optional(),
  homeAccess: z.boolean().optional(),
});
export type ReassignInput = z.infer<typeof ReassignInput>;

/** `POST /api/authorizations/:id/extend`: a new one for the same nurse that begins when the old one ends. */
export const ExtendInput = z.strictObject({ requestId: z.uuid(), until: Instant, reason });
export type ExtendInput = z.infer<typeof ExtendInput>;

/** Until when extending is possible, told by `GET /api/authorizations/:id/extension`; `latest` absent: not at all, and why. */
export const ExtensionView = z.strictObject({ from: Instant, latest: Instant.optional(), problem: z.string().optional() });
export type ExtensionView = z.infer<typeof ExtensionView>;

/** Nobody opened the visit in the agreed time, or the nurse's organisation refused it. `POST /api/authorizations/:id/alarm/acknowledge` silences it. */
export const AlarmView = z.strictObject({
  kind: z.enum(['not-opened', 'refused']),
  since: Instant,
  /** In Dutch. */
  message: z.string(),
  acknowledgedAt: Instant.optional(),
  acknowledgedBy: z.string().optional(),
});
export type AlarmView = z.infer<typeof AlarmView>;

const minutes = z.int().min(1).max(1440);

/** `GET /api/alarm-times`: within how many minutes a visit has to be opened, counted from sending or from the begin of its window, whichever is later. */
export const AlarmTimes = z.strictObject({ routine: minutes, soon: minutes, urgent: minutes });
export type AlarmTimes = z.infer<typeof AlarmTimes>;
