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
  for (const match of matches) assertMapped(match, submission, presentation.credentials.length);
  return { credentials: new Map(matches.map(({ descriptor, credential }) => [descriptor, credential])), fields };
}

function assertMapped({ descriptor, credential, index }: DescriptorMatch<VerifiedCredential>, submission: PresentationSubmission, presented: number): void {
  const entry = submission.descriptor_map.find(({ id }) => id === descriptor);
  if (entry === undefined) throw mismatch(`${descriptor} is not mapped`);
  if (entry.format !== (credential.format === 'jwt_vc' ? 'jwt_vc' : 'ldp_vc')) throw mismatch(`${descriptor} is mapped in another format`);
  if (indexOf(entry.path, presented) !== index) throw mismatch(`${descriptor} is mapped to another credential`);
}

/** A single credential may stand without brackets, as release 6.2.10 of nuts-node writes it (spec nuts-protocols §2.9). */
function indexOf(path: string, presented: number): number | undefined {
  if (path === '$.verifiableCredential') return presented === 1 ? 0 : undefined;
  const index = /^\$\.verifiableCredential\[(0|[1-9]\d?)\]$/.exec(path)?.[1];
  return index === undefined ? undefined : Number(index);
}

function mismatch(detail: string): CredentialError {
  return new CredentialError('submission-mismatch', detail);
}
