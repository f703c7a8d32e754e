import { z } from 'zod';
import { CredentialError } from '../credential.js';
import { describeForm } from '../credential-failures.js';
import { parseJsonPath } from './json-path.js';
import { assertPattern } from './pattern.js';

/** The keywords that every node understands; another would restrict in a way that we would overlook, so it is refused. */
const Filter = z.strictObject({
  type: z.enum(['string', 'number', 'boolean', 'array']).optional(),
  const: z.union([z.string(), z.number(), z.boolean()]).optional(),
  enum: z.array(z.string()).min(1).max(1000).optional(),
  pattern: z.string().optional(),
});
export type Filter = z.infer<typeof Filter>;

const Field = z.strictObject({
  id: z.string().optional(),
  path: z.array(z.string()).min(1).max(20),
  optional: z.boolean().optional(),
  filter: Filter.optional(),
  name: z.string().optional(),
  purpose: z.string().optional(),
  intent_to_retain: z.boolean().optional(),
  predicate: z.unknown().optional(),
});
export type Field = z.infer<typeof Field>;

const Algorithms = z.looseObject({ alg: z.array(z.string()).optional() });
const ProofTypes = z.looseObject({ proof_type: z.array(z.string()).optional() });

/** By DIF designators; a credential in a format that is not named does not match (spec nuts-protocols §4.3). */
const Format = z.looseObject({ jwt_vp: Algorithms.optional(), jwt_vc: Algorithms.optional(), ldp_vp: ProofTypes.optional(), ldp_vc: ProofTypes.optional() });
export type Format = z.infer<typeof Format>;

const InputDescriptor = z.strictObject({
  id: z.string().min(1),
  name: z.string().optional(),
  purpose: z.string().optional(),
  format: Format.optional(),
  // The constraints named last are ones that nodes ignore as well.
  constraints: z.strictObject({
    fields: z.array(Field).max(50).default([]),
    limit_disclosure: z.unknown().optional(),
    is_holder: z.unknown().optional(),
    same_subject: z.unknown().optional(),
    subject_is_issuer: z.unknown().optional(),
    statuses: z.unknown().optional(),
  }),
});
export type InputDescriptor = z.infer<typeof InputDescriptor>;

/** The part of DIF Presentation Exchange 2 that nuts-node reads (spec nuts-protocols §4.3); a credential is asked for by each descriptor. */
const Definition = z.strictObject({
  id: z.string().min(1).max(256),
  name: z.string().optional(),
  purpose: z.string().optional(),
  format: Format.optional(),
  input_descriptors: z.array(InputDescriptor).min(1).max(10),
});
export type PresentationDefinition = z.infer<typeof Definition>;

/**
 * Reads a presentation definition of another party.
 * @throws CredentialError `definition-unsupported` when it asks for anything that we do not understand completely
 */
export function parsePresentationDefinition(raw: unknown): PresentationDefinition {
  const read = Definition.safeParse(raw);
  if (!read.success) throw new CredentialError('definition-unsupported', describeForm('presentation definition', read.error));
  assertDistinct(read.data.input_descriptors.map(({ id }) => id));
  for (const { constraints } of read.data.input_descriptors) constraints.fields.forEach(assertReadable);
  return read.data;
}

function assertDistinct(ids: readonly string[]): void {
  if (new Set(ids).size !== ids.length) throw new CredentialError('definition-unsupported', 'two input descriptors with one id');
}

function assertReadable({ path, filter }: Field): void {
  path.forEach(parseJsonPath);
  if (filter?.pattern !== undefined) assertPattern(filter.pattern);
}
