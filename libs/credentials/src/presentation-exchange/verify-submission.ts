import { CredentialError, type VerifiedCredential } from '../credential.js';
import type { VerifiedPresentation } from '../presentation/presentation.js';
import { type DescriptorMatch, matchDefinition } from './match-definition.js';
import type { PresentationDefinition } from './presentation-definition.js';
import type { PresentationSubmission } from './presentation-submission.js';

export interface VerifiedSubmission {
  /** By the id of the input descriptor that each fulfils. */
  readonly credentials: ReadonlyMap<string, VerifiedCredential>;
  /** Values of the definition's fields that have an id. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * "Re-run matching over VCs in VP order; result must equal the submitted mapping" (spec nuts-protocols §4.5 row 10 and 11).
 * @throws CredentialError `submission-mismatch`
 */
export function verifySubmission(definition: PresentationDefinition, submission: PresentationSubmission, presentation: VerifiedPresentation): VerifiedSubmission {
  if (submission.definition_id !== definition.id) throw mismatch('it answers another definition');
  const { matches, fields, missing } = matchDefinition(definition, presentation.credentials);
  if (missing.length > 0) throw mismatch(`no credential for ${missing.join(', ')}`);
  if (submission.descriptor_map.length !== matches.length) throw mismatch('it maps more or fewer descriptors than the definition has');
  for (const match of matches) assertMapped(match, submission, presentation);
  return { credentials: new Map(matches.map(({ descriptor, credential }) => [descriptor, credential])), fields };
}

function assertMapped({ descriptor, credential, index }: DescriptorMatch<VerifiedCredential>, submission: PresentationSubmission, presented: VerifiedPresentation): void {
  const mapping = submission.descriptor_map.find(({ id }) => id === descriptor);
  if (mapping === undefined) throw mismatch(`${descriptor} is not mapped`);
  const { format, path } = 'path_nested' in mapping ? mapping.path_nested : mapping;
  if (format !== (credential.format === 'jwt_vc' ? 'jwt_vc' : 'ldp_vc')) throw mismatch(`${descriptor} is mapped in another format`);
  const place = placeOf(index, presented);
  const presentationPath = 'path_nested' in mapping ? mapping.path : undefined;
  if (presentationPath !== place.presentation || !place.paths.includes(path)) throw mismatch(`${descriptor} is mapped to another credential`);
}

interface Place {
  /** Path of the presentation in an array of them. */
  readonly presentation: string | undefined;
  /** Paths of the credential in its presentation. */
  readonly paths: readonly string[];
}

/** Where the credential stands that is this one in the order of all presentations. */
function placeOf(index: number, { sizes, credentials }: VerifiedPresentation): Place {
  if (sizes === undefined) return { presentation: undefined, paths: pathsOf(index, credentials.length) };
  let before = 0;
  for (const [number, size] of sizes.entries()) {
    if (index < before + size) return { presentation: `$[${number}]`, paths: pathsOf(index - before, size) };
    before += size;
  }
  throw new RangeError('a credential of none of the presentations');
}

/** A single credential may stand without brackets, as release 6.2.10 of nuts-node writes it (spec nuts-protocols §2.9). */
function pathsOf(index: number, size: number): readonly string[] {
  const path = `$.verifiableCredential[${index}]`;
  return size === 1 ? [path, '$.verifiableCredential'] : [path];
}

function mismatch(detail: string): CredentialError {
  return new CredentialError('submission-mismatch', detail);
}
