import { z } from 'zod';

/** Strict mode is on unless someone turns it off: insecure settings then stop the start (design D20). */
export const strictMode = z.object({ STRICT_MODE: z.enum(['on', 'off']).default('on') });
