import { z } from 'zod';

/** Urgency by the Nederlandse Triage Standaard: U0 (resuscitation) to U5 (advice). */
export const Urgency = z.enum(['U0', 'U1', 'U2', 'U3', 'U4', 'U5']);
export type Urgency = z.infer<typeof Urgency>;
