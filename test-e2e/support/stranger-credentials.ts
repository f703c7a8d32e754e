import { anw2022Resources } from '@anw/authorization';
import { type AuthorizationToIssue, createAuthorizationClaims, createSelfAttestedEmployee, createStatusEntries, issueCredential, issueOrganizationCredential } from '@anw/credentials';
import type { User } from '@anw/identity';
import type { TestPartner } from '@anw/testing';
import { ANW_PURPOSE_OF_USE, type Did, DidUrl, EmployeeIdentifier, type ValidityPeriod } from '@anw/values';
import { randomUUID } from 'node:crypto';
import type { Strangers } from './strangers.js';

export function organisationOf({ did, signer, organisation }: TestPartner, period = hoursFromNow(0, 24)): Promise<string> {
  return issueOrganizationCredential(signer, { id: newId(did), organisation: did, name: organisation.displayName, city: organisation.city, period });
}

const nurse = { identifier: EmployeeIdentifier.parse('e-77'), name: 'V. Reemd', roleName: 'Verpleegkundige', assuranceLevel: 'substantial', means: 'employer-oidc' } as const satisfies Partial<User>;

interface EmployeeChange {
  readonly user?: Partial<User>;
  readonly period?: ValidityPeriod;
  /** Whom it is about, when that is not who signs. */
  readonly employer?: Did;
}

/** A nurse as `issuer` signs for her. */
export function employeeOf({ did, signer }: TestPartner, { user, period = hoursFromNow(0, 1), employer = did }: EmployeeChange = {}): Promise<string> {
  const { authenticatedAt, ...claims } = { ...nurse, authenticatedAt: hoursFromNow(-1, 0).from, ...user };
  return issueCredential(signer, { id: newId(did), type: 'NutsEmployeeCredential', subject: employer, claims: { ...claims, authenticatedAt: authenticatedAt.toISOString() }, period });
}

/** A nurse on the word of the actor alone: unsigned, as nuts nodes send her (spec nuts-protocols §3.2). */
export function selfAttestedEmployee({ did }: TestPartner, user: Partial<Pick<User, 'identifier' | 'name'>> = {}): Readonly<Record<string, unknown>> {
  return createSelfAttestedEmployee({ id: newId(did), employer: did, user: { ...nurse, ...user }, now: new Date(Date.now() - 60_000) });
}

/** What the stranger regisseur grants; signed as told, however long, for a regisseur that keeps to no rule is what a custodian has to withstand. */
export async function authorizationOf({ custodian, actor, regisseur, delegation, handle }: Strangers, change: Partial<AuthorizationToIssue> = {}): Promise<string> {
  const authorization: AuthorizationToIssue = {
    id: newId(regisseur.did),
    actor: actor.did,
    custodian: custodian.did,
    delegation,
    handle,
    practitioner: nurse.identifier,
    purposeOfUse: ANW_PURPOSE_OF_USE,
    resources: anw2022Resources,
    period: hoursFromNow(-1, 4),
    status: createStatusEntries({ door: regisseur.url, uuid: regisseur.organisation.id }, { page: 1, index: 417 }),
    ...change,
  };
  const { id, actor: subject, period, status } = authorization;
  return issueCredential(regisseur.signer, { id, type: 'ANWAuthorizationCredential', subject, claims: createAuthorizationClaims(authorization), period, status });
}

export function newId(issuer: Did): DidUrl {
  return DidUrl.parse(`${issuer}#${randomUUID()}`);
}

export function hoursFromNow(from: number, until: number): ValidityPeriod {
  return { from: new Date(Date.now() + from * 3_600_000), until: new Date(Date.now() + until * 3_600_000) };
}
