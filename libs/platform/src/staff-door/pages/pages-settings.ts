import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Settings } from '../../config/read-config.js';

const schema = z
  .object({
    PAGES_DIRECTORY: z
      .string()
      .refine((directory) => existsSync(join(directory, 'index.html')), 'is no directory with a built web app (it has no index.html)')
      .optional(),
  })
  .transform((environment) => ({
    /** Absent: where the build leaves it. */
    directory: environment.PAGES_DIRECTORY,
  }));

export type PagesSettings = z.infer<typeof schema>;

/** Which web app the staff door serves. */
export const pagesSettings: Settings<PagesSettings> = { schema };
