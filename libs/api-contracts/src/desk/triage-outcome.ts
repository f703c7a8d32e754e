import { z } from 'zod';

/** The four outcomes of triage (design §2 step 1). Only `out-of-hours-care` leads on to an authorization. */
export const TriageOutcome = z.enum(['nothing-needed', 'informal-carer', 'emergency-112', 'out-of-hours-care']);
export type TriageOutcome = z.infer<typeof TriageOutcome>;
