import { parseStrictJson } from '@anw/identity';
import { z } from 'zod';
import { CredentialError } from '../credential.js';
import { asCredentialError, describeForm } from '../credential-failures.js';

const Id = z.string().min(1).max(256);
const Place = { format: z.enum(['jwt_vc', 'ldp_vc']), path: z.string().max(256) };

/** In a presentation by itself. */
const Mapping = z.strictObject({ id: Id, ...Place });

/** In one of an array of presentations: the outer path finds the presentation, the nested one the credential in it (spec nuts-protocols §4.4). */
const NestedMapping = z
  .strictObject({ id: Id, format: z.literal('jwt_vp'), path: z.string().max(256), path_nested: z.strictObject({ id: Id.optional(), ...Place }) })
  .refine(({ id, path_nested: nested }) => nested.id === undefined || nested.id === id);

/** Unknown members are refused, as by every node (spec nuts-protocols §4.4). */
const Submission = z.strictObject({
  id: Id,
  definition_id: Id,
  descriptor_map: z.array(z.union([Mapping, NestedMapping])).min(1).max(10),
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
