import type { AuthorizationCredential, GrantedResource, StatusEntry } from '@anw/credentials';
import type { AssuranceLevel } from '@anw/identity';
import type { Did, DidUrl, EmployeeIdentifier, PatientHandle, PatientId, ValidityPeriod } from '@anw/values';
import type { SenderConstraint } from './binding/token-binding.js';
import type { Standing } from './standing.js';

/** What the eight checks established, kept beside the token so that 5 to 8 can run again at every request (design D9). */
export interface AccessFacts {
  readonly kind: 'patient-access';
  readonly actor: Did;
  readonly regisseur: Did;
  readonly practitioner: { readonly identifier: EmployeeIdentifier; readonly name: string; readonly roleName?: string; readonly assuranceLevel: AssuranceLevel };
  readonly authorization: {
    readonly id: DidUrl;
    readonly period: ValidityPeriod;
    readonly custodian: Did;
    readonly delegation: DidUrl;
    readonly handle: PatientHandle;
    readonly practitioner?: EmployeeIdentifier;
    readonly purposeOfUse: string;
    readonly status: readonly StatusEntry[];
    readonly resources: readonly GrantedResource[];
  };
  readonly patient: PatientId;
}

/** The authorization as the checks read it, from what was kept. */
export function authorizationOf({ authorization, regisseur, actor }: AccessFacts): AuthorizationCredential {
  return { ...authorization, regisseur, actor };
}

/** A token for one organisation acting for itself, without a person: regisseur at custodian, actor at regisseur. */
export interface OrganisationFacts {
  readonly kind: 'organisation-access';
  readonly client: Did;
}

/** A granted access token: opaque, 256 bit, kept as its SHA-256, bound to a certificate, a key or both (design D9). */
export interface AccessToken extends SenderConstraint {
  /** hex SHA-256 of the token text. */
  readonly hash: string;
  readonly scope: string;
  readonly issuedAt: Date;
  readonly expiresAt: Date;
  readonly facts: AccessFacts | OrganisationFacts;
  /** Reference of the decision record that granted it. */
  readonly decision: string;
}

/** Tokens of one organisation. */
export interface AccessTokenStore {
  saveToken(token: AccessToken): Promise<void>;
  findToken(hash: string): Promise<AccessToken | undefined>;
  /** The same with its standing at that moment, in one round trip: for the custodian's FHIR requests. */
  findStandingToken(hash: string, at: Date): Promise<StandingToken | undefined>;
  /** Takes a token out of use; false when somebody did before. For what a token may be shown for once. */
  spendToken(hash: string): Promise<boolean>;
  /** Forgets tokens that expired before `before`; answers how many. */
  deleteExpired(before: Date): Promise<number>;
}

/** A token together with what the records say now of the authorization it stands for: all that checks 5 to 8 need. */
export interface StandingToken extends AccessToken {
  /** Absent on a token of an organisation for itself. */
  readonly standing?: Standing;
}

/** Authorizations of which a revocation reached us by push; lists are cached, pushes are not (design D10). */
export interface RevocationStore {
  addRevocation(authorization: DidUrl, issuer: Did, at: Date): Promise<void>;
  isRevoked(authorization: DidUrl, issuer: Did): Promise<boolean>;
}
