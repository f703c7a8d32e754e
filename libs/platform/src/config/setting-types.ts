import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** TCP port to listen on; 0 lets the system choose. */
export const port = z.coerce.number({ error: 'is not a port number' }).int('is not a port number').min(0, 'is not a port number').max(65_535, 'is not a port number');

/** A number of whole units, at least one. */
export const positiveInteger = z.coerce.number({ error: 'is not a whole number' }).int('is not a whole number').positive('must be at least 1');

/** A secret key of 256 bits, as base64. */
export const secretKey = z
  .base64({ error: 'is not base64' })
  .transform((text) => new Uint8Array(Buffer.from(text, 'base64')))
  .refine((key) => key.length === 32, 'is not 32 bytes of base64');

/** Comma-separated list; blanks around the items do not count. */
export const commaSeparated = z.string().transform((text) => text.split(',').map((item) => item.trim()).filter((item) => item !== ''));

/** Base URL without a trailing slash, so that paths can be put behind it. */
export function baseUrl(...protocols: readonly ('http' | 'https')[]) {
  return z
    .url({ protocol: new RegExp(`^(${protocols.join('|')})$`), error: `is not an absolute ${protocols.join(' or ')} URL` })
    .transform((url) => url.replace(/\/+$/, ''));
}

/** Path of a text file, read at once: a missing file is a problem of the settings, not of the first request. */
export const textFile = z.string().transform((path, context) => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    context.addIssue({ code: 'custom', message: `the file cannot be read (${(error as NodeJS.ErrnoException).code ?? 'unknown reason'})` });
    return z.NEVER;
  }
});

/** Text that is a JSON object of a given shape. */
export function json<T>(schema: z.ZodType<T>) {
  return z
    .string()
    .transform((text, context): unknown => {
      try {
        return JSON.parse(text);
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' });
        return z.NEVER;
      }
    })
    .pipe(schema as z.ZodType<T, unknown>);
}

/** Whether a URL's host is this very machine. */
export function isLoopback(url: string): boolean {
  const { hostname } = new URL(url);
  return hostname === 'localhost' || hostname.endsWith('.localhost') || hostname === '[::1]' || /^127\./.test(hostname);
}
