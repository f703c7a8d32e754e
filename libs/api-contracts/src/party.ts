import { Did } from '@anw/values';
import { z } from 'zod';

/** An organisation as a page shows it. */
export const Party = z.strictObject({ did: Did, name: z.string().min(1).max(200) });
export type Party = z.infer<typeof Party>;
