import { homeAccessPath, type Operation } from '@anw/authorization';
import { type DidUrl, HomeAccessId, type HomeAccessReason, type PatientId } from '@anw/values';
import { fhirOk, type FhirResult, fhirRefusal } from '../fhir-failure.js';
import type { SearchInteraction } from './match-search.js';
import type { FhirInteraction } from './parse-fhir-request.js';
import { type AllowedRead, allowedReads } from './search-policy.js';

/** What the token at hand stands for. */
export interface FhirAccess {
  readonly patient: PatientId;
  readonly authorization: DidUrl;
  /** Whether the authorization's resources and the bolt's policy both list this operation; deny unless listed. */
  readonly mayPerform: (request: { readonly path: string; readonly operation: Operation }) => boolean;
}

/** An interaction that may go ahead. The patient is the token's, whatever the request said (design D15). */
export type AuthorizedInteraction =
  | { readonly kind: 'read-patient'; readonly patient: PatientId }
  | ReadInstance
  | { readonly kind: 'reveal-home-access'; readonly id: HomeAccessId; readonly patient: PatientId; readonly reason: HomeAccessReason }
  | { readonly kind: 'search'; readonly patient: PatientId; readonly search: SearchInteraction }
  | { readonly kind: 'create'; readonly type: string; readonly patient: PatientId };

/** One resource by its id, in one of the ways that the policy lists for its type; which one, the record tells. */
export interface ReadInstance {
  readonly kind: 'read-instance';
  readonly type: string;
  readonly id: string;
  readonly patient: PatientId;
  readonly authorization: DidUrl;
  readonly ways: readonly AllowedRead[];
}

/**
 * Decides whether this token may do this (spec anw-fhir-profiles §10.1). Every refusal reads the same outside, whether
 * the other patient exists or not. `capabilities` needs no token and is no question here.
 */
export function authorizeInteraction(interaction: Exclude<FhirInteraction, { kind: 'capabilities' }>, access: FhirAccess): FhirResult<AuthorizedInteraction> {
  if (interaction.kind === 'reveal-home-access') return authorizeHomeAccess(interaction, access);
  if (!access.mayPerform({ path: `/${interaction.type}`, operation: interaction.kind })) return fhirRefusal('outside-policy', 'operation-not-granted');
  switch (interaction.kind) {
    case 'search':
      if (interaction.patient !== access.patient) return fhirRefusal('outside-policy', 'another-patient');
      return fhirOk({ kind: 'search', patient: access.patient, search: interaction });
    case 'create':
      return fhirOk({ kind: 'create', type: interaction.type, patient: access.patient });
    case 'read':
      return authorizeRead(interaction, access);
    default:
      return interaction satisfies never;
  }
}

/** Not named by this authorization, another patient's and absent all read alike, so that ids cannot be tried out. */
function authorizeHomeAccess({ id, reason }: Extract<FhirInteraction, { kind: 'reveal-home-access' }>, { patient, mayPerform }: FhirAccess): FhirResult<AuthorizedInteraction> {
  if (reason === undefined) return fhirRefusal('malformed-request', 'home-access-reason');
  const known = HomeAccessId.safeParse(id).data;
  if (known === undefined || !mayPerform({ path: homeAccessPath(known), operation: 'read' })) return fhirRefusal('not-found', 'home-access-not-granted');
  return fhirOk({ kind: 'reveal-home-access', id: known, patient, reason });
}

function authorizeRead({ type, id }: { readonly type: string; readonly id: string }, access: FhirAccess): FhirResult<AuthorizedInteraction> {
  const ways = allowedReads.filter((read) => read.type === type);
  if (ways.length === 0) return fhirRefusal('outside-policy', 'read-type');
  if (!ways.some(({ which }) => which === 'authorized-patient')) return fhirOk({ kind: 'read-instance', type, id, patient: access.patient, authorization: access.authorization, ways });
  return id === access.patient ? fhirOk({ kind: 'read-patient', patient: access.patient }) : fhirRefusal('outside-policy', 'another-patient');
}
