import { z } from 'zod';

/** How soon a nurse has to be there, lowest first; the same words as in the context that travels with an authorization. */
export const Urgency = z.enum(['routine', 'soon', 'urgent']);
export type Urgency = z.infer<typeof Urgency>;
