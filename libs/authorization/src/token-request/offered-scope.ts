import { type ANW_AUTHORIZATION_SCOPE, type ANW_PRACTITIONERS_SCOPE, type ANW_REGISSEUR_SCOPE, anwDefinition, type AnwScope, type OrganisationEvidence, parseAnwScope, type PatientScopeName, type PresentationDefinition } from '@anw/credentials';
import type { AssuranceLevel } from '@anw/identity';
import type { Did } from '@anw/values';
import type { GrantedResource } from '../granted-resource.js';
import type { PatientRecords } from '../checks/check-regisseur-may-authorize-patient.js';
import type { StandingRecords } from '../standing.js';

/** Access to one patient's data, or to her home, decided by the eight checks (design §5). */
export interface PatientScope {
  readonly name: PatientScopeName;
  readonly minimumAssuranceLevel: AssuranceLevel;
  /** Longest life of a token of this scope, in seconds, where that is shorter than any token's. */
  readonly maxTokenSeconds?: number;
  /** What the authorization has to hold for a token of this scope to open anything; absent: every authorization will do. */
  readonly needs?: (resources: readonly GrantedResource[]) => boolean;
  readonly records: StandingRecords;
  readonly isInCare: PatientRecords['isInCare'];
}

/** What one organisation may do at another for itself, without a person: never a patient's data. */
export interface OrganisationScope {
  readonly name: typeof ANW_REGISSEUR_SCOPE | typeof ANW_AUTHORIZATION_SCOPE | typeof ANW_PRACTITIONERS_SCOPE;
  /** Whether this client has business here: at a custodian a regisseur with allowlist rows, at a regisseur an actor with an authorization, at an actor a regisseur that it knows. */
  mayUse(client: Did, now: Date): Promise<boolean>;
}

export type OfferedScope = PatientScope | OrganisationScope;

export interface RequestedScope {
  readonly offered: OfferedScope;
  readonly asked: AnwScope;
}

/** Finds the scope that exactly this text asks for; undefined when it is not offered here. */
export function findScope(scopes: readonly OfferedScope[], text: string): RequestedScope | undefined {
  const asked = parseAnwScope(text);
  const offered = scopes.find(({ name }) => name === asked?.name);
  return asked && offered && { offered, asked };
}

/** Answer of the presentation definition endpoint of `own` for a scope (spec nuts-protocols A7); undefined: `invalid_scope`. */
export function presentationDefinitionFor(own: Did, scopes: readonly Pick<OfferedScope, 'name'>[], text: string, evidence?: OrganisationEvidence): PresentationDefinition | undefined {
  const asked = parseAnwScope(text);
  return asked !== undefined && scopes.some(({ name }) => name === asked.name) ? anwDefinition(asked, own, evidence) : undefined;
}
