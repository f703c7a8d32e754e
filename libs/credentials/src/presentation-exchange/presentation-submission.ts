import { parseStrictJson } from '@anw/identity';
import { z } from 'zod';
import { CredentialError } from '../credential.js';
import { asCredentialError, describeForm } from '../credential-failures.js';

/** Unknown members are refused, as by every node (spec nuts-protocols §4.4); nesting is for arrays of presentations, which the bolt does not take. */
const Submission = z.strictObject({
  id: z.string().min(1).max(256),
  definition_id: z.string().min(1).max(256),
  descriptor_map: z
    .array(z.strictObject({ id: z.string().min(1).max(256), format: z.enum(['jwt_vc', 'ldp_vc']), path: z.string().max(256) }))
    .min(1)
    .max(10),
});

/** Says which credential of a presentation is meant for which input descriptor. */
export type PresentationSubmission = z.infer<typeof Submission>;

/** Reads the `presentation_submission` parameter of a token request: JSON text, or what it holds. @throws CredentialError `submission-malformed` */
export function parsePresentationSubmission(raw: unknown): PresentationSubmission {
  const read = Submission.safeParse(typeof raw === 'string' ? readJson(raw) : raw);
  if (!read.success) throw new CredentialError('submission-malformed', describeForm('presentation submission', read.error));
  return read.data;
}

function readJson(text: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    throw new CredentialError('submission-malformed', 'presentation submission: no strict JSON', { cause: asCredentialError(error) });
  }
}
