import type { Operation } from '@anw/authorization';
import type { DidUrl, PatientId } from '@anw/values';
import { fhirOk, type FhirResult, fhirRefusal } from '../fhir-failure.js';
import type { SearchInteraction } from './match-search.js';
import type { FhirInteraction } from './parse-fhir-request.js';
import { allowedReads } from './search-policy.js';

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
  | { readonly kind: 'read-written'; readonly type: string; readonly id: string; readonly patient: PatientId; readonly authorization: DidUrl }
  | { readonly kind: 'search'; readonly patient: PatientId; readonly search: SearchInteraction }
  | { readonly kind: 'create'; readonly type: string; readonly patient: PatientId };

/**
 * Decides whether this token may do this (spec anw-fhir-profiles §10.1). Every refusal reads the same outside, whether
 * the other patient exists or not. `capabilities` needs no token and is no question here.
 */
export function authorizeInteraction(interaction: Exclude<FhirInteraction, { kind: 'capabilities' }>, access: FhirAccess): FhirResult<AuthorizedInteraction> {
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

function authorizeRead({ type, id }: { readonly type: string; readonly id: string }, access: FhirAccess): FhirResult<AuthorizedInteraction> {
  const allowed = allowedReads.find((read) => read.type === type);
  if (allowed === undefined) return fhirRefusal('outside-policy', 'read-type');
  if (allowed.which === 'written-under-this-authorization') return fhirOk({ kind: 'read-written', type, id, patient: access.patient, authorization: access.authorization });
  return id === access.patient ? fhirOk({ kind: 'read-patient', patient: access.patient }) : fhirRefusal('outside-policy', 'another-patient');
}
