import { z } from 'zod';
import type { Settings } from '../config/read-config.js';

const schema = z
  .object({ LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info') })
  .transform((environment) => ({ level: environment.LOG_LEVEL }));

export type LoggingSettings = z.infer<typeof schema>;

export const loggingSettings: Settings<LoggingSettings> = {
  schema,
  insecure: ({ level }) => (level === 'silent' ? ['LOG_LEVEL: silent hides what the service refuses and why'] : []),
};
