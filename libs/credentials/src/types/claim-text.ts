import { z } from 'zod';

/** One line that a person can read: no control characters, which logs and databases stumble over. */
export const plainText = z
  .string()
  .trim()
  .min(1)
  .max(256)
  .regex(/^\P{Cc}+$/u);

/** A name of an access policy: visible ASCII, compared exactly and so never trimmed. */
export const policyName = z.string().regex(/^[\x21-\x7e]{1,128}$/);
