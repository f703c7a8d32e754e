import { randomUUID } from 'node:crypto';
import { CredentialError, type ParsedCredential } from '../credential.js';
import { type DefinitionMatch, matchDefinition } from './match-definition.js';
import type { PresentationDefinition } from './presentation-definition.js';
import type { PresentationSubmission } from './presentation-submission.js';

export interface SubmissionPlan<Credential> {
  /** What to present, in this order and nothing else (spec nuts-protocols B6). */
  readonly credentials: readonly Credential[];
  readonly submission: PresentationSubmission;
}

/** No credential of ours fulfils these input descriptors. */
export interface IncompleteSubmission {
  readonly missing: readonly string[];
}

/**
 * Chooses from a wallet what a definition asks for, in the wallet's order of preference, and says which is which.
 * The receiver matches again over what it is sent, so the mapping is taken from that second matching (B6, B7).
 * @throws CredentialError `definition-unsupported` when it takes no presentation in the one form that we make
 */
export function createSubmission<Credential extends ParsedCredential>(
  definition: PresentationDefinition,
  wallet: readonly Credential[],
  id: string = randomUUID(),
): SubmissionPlan<Credential> | IncompleteSubmission {
  if (definition.format !== undefined && !definition.format.jwt_vp?.alg?.includes('ES256')) throw new CredentialError('definition-unsupported', 'it takes no jwt_vp signed with ES256');
  const chosen = matchDefinition(definition, wallet);
  if (chosen.missing.length > 0) return { missing: chosen.missing };
  const { credentials, match } = settle(definition, distinctCredentials(chosen));
  const descriptor_map = match.matches.map(({ descriptor, credential, index }) => ({
    id: descriptor,
    format: credential.format === 'jwt_vc' ? ('jwt_vc' as const) : ('ldp_vc' as const),
    path: `$.verifiableCredential[${index}]`,
  }));
  return { credentials, submission: { id, definition_id: definition.id, descriptor_map } };
}

/** Matches what will be sent; a credential that the receiver would not use is left out, until all are used. */
function settle<Credential extends ParsedCredential>(definition: PresentationDefinition, credentials: readonly Credential[]): { credentials: readonly Credential[]; match: DefinitionMatch<Credential> } {
  const match = matchDefinition(definition, credentials);
  const used = distinctCredentials(match);
  return used.length === credentials.length ? { credentials, match } : settle(definition, used);
}

function distinctCredentials<Credential>({ matches }: DefinitionMatch<Credential>): Credential[] {
  return [...new Set(matches.map(({ credential }) => credential))];
}
