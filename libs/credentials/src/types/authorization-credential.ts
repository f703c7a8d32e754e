import type { Signer } from '@anw/identity';
import { Did, DidUrl, EmployeeIdentifier, PatientHandle, type ValidityPeriod } from '@anw/values';
import { z } from 'zod';
import type { ParsedCredential, StatusEntry, VerifiedCredential } from '../credential.js';
import { issueCredential } from '../issue-credential.js';
import { parseStatusEntries } from '../status/status-entry.js';
import { shortenToLimit } from './backdated-limit.js';
import { GrantedResource } from './granted-resource.js';
import { policyName } from './claim-text.js';
import { readClaims, readPeriod } from './read-claims.js';

/** "exp − nbf at most 24 h" (design §4). */
export const MAX_AUTHORIZATION_SECONDS = 24 * 60 * 60;

/** Claims of an `ANWAuthorizationCredential` on the wire (design §4). */
const AuthorizationClaims = z.strictObject({
  id: Did,
  purposeOfUse: policyName,
  custodian: Did,
  delegation: DidUrl,
  subject: PatientHandle,
  practitioner: EmployeeIdentifier.optional(),
  resources: z.array(GrantedResource).min(1).max(50),
});

/** The regisseur's grant to an actor: whose record, where, what of it, until when. */
export interface AuthorizationCredential {
  readonly id: DidUrl;
  readonly regisseur: Did;
  readonly actor: Did;
  readonly custodian: Did;
  /** The custodian's delegation that the regisseur acts under. */
  readonly delegation: DidUrl;
  readonly handle: PatientHandle;
  /** Bound to this one employee of the actor; absent, to any that she identifies. */
  readonly practitioner?: EmployeeIdentifier;
  readonly purposeOfUse: string;
  readonly resources: readonly GrantedResource[];
  readonly period: ValidityPeriod;
  readonly status: readonly StatusEntry[];
}

/**
 * Reads a verified credential as an authorization. Whether custodian, purpose, length and status are right is for the eight checks.
 * @throws CredentialError `unknown-type`, `malformed` or `status-malformed`
 */
export function readAuthorizationCredential(credential: VerifiedCredential): AuthorizationCredential {
  return readStoredAuthorizationCredential(credential);
}

/**
 * Reads a credential that was verified before it was stored; only its form is read again. Never for what comes from outside.
 * @throws CredentialError `unknown-type`, `malformed` or `status-malformed`
 */
export function readStoredAuthorizationCredential(credential: ParsedCredential): AuthorizationCredential {
  const claims = readClaims(credential, 'ANWAuthorizationCredential', AuthorizationClaims);
  return {
    id: credential.id,
    regisseur: credential.issuer,
    actor: credential.subject,
    custodian: claims.custodian,
    delegation: claims.delegation,
    handle: claims.subject,
    ...(claims.practitioner !== undefined && { practitioner: claims.practitioner }),
    purposeOfUse: claims.purposeOfUse,
    resources: claims.resources,
    period: readPeriod(credential),
    status: parseStatusEntries(credential.status),
  };
}

export type AuthorizationTerms = Pick<AuthorizationCredential, 'custodian' | 'delegation' | 'handle' | 'practitioner' | 'purposeOfUse' | 'resources'>;

/** The claims on the wire for these terms, without the actor's `id`. */
export function createAuthorizationClaims({ custodian, delegation, handle, practitioner, purposeOfUse, resources }: AuthorizationTerms): Readonly<Record<string, unknown>> {
  return { purposeOfUse, custodian, delegation, subject: handle, ...(practitioner !== undefined && { practitioner }), resources };
}

export interface AuthorizationToIssue extends AuthorizationTerms {
  readonly id: DidUrl;
  readonly actor: Did;
  readonly period: ValidityPeriod;
  readonly status: readonly object[];
}

/**
 * Issues an authorization as `jwt_vc`. `nbf` lies a few seconds before the period; one of the full 24 h ends as much earlier.
 * @throws RangeError when the period is longer than 24 h
 */
export async function issueAuthorizationCredential(signer: Signer, authorization: AuthorizationToIssue): Promise<string> {
  return issueCredential(signer, {
    id: authorization.id,
    type: 'ANWAuthorizationCredential',
    subject: authorization.actor,
    claims: createAuthorizationClaims(authorization),
    period: shortenToLimit(authorization.period, MAX_AUTHORIZATION_SECONDS),
    status: authorization.status,
  });
}
