import type { StatusEntry } from '@anw/credentials';
import type { Did, DidUrl, EmployeeIdentifier, PatientHandle, ValidityPeriod } from '@anw/values';
import type { AccessFacts } from './access-token.js';
import type { GrantedResource } from './granted-resource.js';

/** What the checks read of an authorization, be it in the credential presented now or among the facts kept beside a token. */
export interface AuthorizationFacts {
  readonly id: DidUrl;
  /** The regisseur. */
  readonly issuer: Did;
  readonly actor: Did;
  readonly custodian: Did;
  readonly delegation: DidUrl;
  readonly handle: PatientHandle;
  /** Absent: any identified employee of the actor. */
  readonly practitioner?: EmployeeIdentifier | undefined;
  readonly purposeOfUse: string;
  readonly resources: readonly GrantedResource[];
  readonly period: ValidityPeriod;
  readonly status: readonly StatusEntry[];
}

/** The same facts as they were kept beside the token. */
export function authorizationOf(access: AccessFacts): AuthorizationFacts {
  return { ...access.authorization, issuer: access.regisseur, actor: access.actor };
}
