import { z } from 'zod';
import { Instant } from '../instant.js';

/** `GET /api/me`: who is logged in, and how long the session lasts. */
export const StaffMe = z.object({
  /** Short name. */
  organisation: z.string(),
  /** As people call it. */
  organisationName: z.string(),
  identifier: z.string(),
  name: z.string(),
  roleName: z.string(),
  roles: z.array(z.string()),
  assuranceLevel: z.string(),
  authenticatedAt: Instant,
  means: z.string(),
  /** The organisation's own colours, each as `#0b4a66`; absent: ours. */
  theme: z.object({ brand: z.string(), onBrand: z.string(), action: z.object({ light: z.string(), dark: z.string() }).optional() }).optional(),
  /** Left alone this many seconds, the session ends. */
  idleSeconds: z.int().positive(),
  /** At this moment it ends anyhow. */
  sessionEndsAt: Instant,
});
export type StaffMe = z.infer<typeof StaffMe>;
