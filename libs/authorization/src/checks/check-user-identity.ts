import { type AssuranceLevel, meetsAssuranceLevel } from '@anw/identity';
import type { EmployeeIdentifier } from '@anw/values';
import { assuranceLevelOf, type EmployeeEvidence } from '../employee-evidence.js';
import { denied, granted, type Verdict } from '../verdict.js';

/** A signed employee credential lives one day at most (design §4). */
const MAX_CREDENTIAL_MILLISECONDS = 24 * 3_600_000;
/** A login is good for a shift, not for the next one. */
const MAX_LOGIN_AGE_MILLISECONDS = 12 * 3_600_000;
/** Clocks of partners may differ this much (RFC021: at most 5 s). */
const SKEW_MILLISECONDS = 5_000;

export interface UserIdentityInput {
  readonly employee: EmployeeEvidence | undefined;
  readonly minimum: AssuranceLevel;
  readonly now: Date;
}

/** The person as check 3 has established her. */
export interface Practitioner {
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
  readonly roleName?: string;
  readonly assuranceLevel: AssuranceLevel;
}

/**
 * Check 3: "on behalf of which natural person". The employee credential is there, names the person, is fresh, and its
 * assurance level reaches the custodian's minimum.
 */
export function checkUserIdentity({ employee, minimum, now }: UserIdentityInput): Verdict {
  if (employee === undefined) return denied(3, 'employee-missing', 'presentation', 'no employee credential');
  if (practitionerOf(employee) === undefined) return denied(3, 'employee-incomplete', 'employee-credential', missingParts(employee));
  if (!isFresh(employee, now)) return denied(3, 'employee-stale', 'employee-credential', ageOf(employee));
  const level = assuranceLevelOf(employee);
  if (!meetsAssuranceLevel(level, minimum)) return denied(3, 'assurance-too-low', 'employee-credential', `${level}, minimum is ${minimum}`);
  return granted(3, 'employee-credential', `${employee.identifier} at level ${level}, ${employee.form}`);
}

/** Undefined while the credential does not say who she is. */
export function practitionerOf(employee: EmployeeEvidence): Practitioner | undefined {
  const { identifier, name, roleName } = employee;
  if (identifier === undefined || name === undefined) return undefined;
  return { identifier, name, ...(roleName === undefined ? {} : { roleName }), assuranceLevel: assuranceLevelOf(employee) };
}

/** A self-attested credential has no time of its own: the five seconds of the presentation around it are its freshness. */
function isFresh(employee: EmployeeEvidence, now: Date): boolean {
  if (employee.form === 'self-attested') return true;
  const { issuedAt, expiresAt, authenticatedAt } = employee;
  if (expiresAt === undefined || authenticatedAt === undefined) return false;
  const loginAge = now.getTime() - authenticatedAt.getTime();
  return (
    expiresAt.getTime() - issuedAt.getTime() <= MAX_CREDENTIAL_MILLISECONDS + SKEW_MILLISECONDS &&
    now < expiresAt &&
    loginAge >= -SKEW_MILLISECONDS &&
    loginAge <= MAX_LOGIN_AGE_MILLISECONDS
  );
}

function missingParts(employee: EmployeeEvidence): string {
  return (['identifier', 'name'] as const).filter((part) => employee[part] === undefined).map((part) => `no ${part}`).join(', ');
}

function ageOf({ issuedAt, expiresAt, authenticatedAt }: EmployeeEvidence): string {
  return `issued ${issuedAt.toISOString()}, until ${expiresAt?.toISOString() ?? 'never'}, logged in ${authenticatedAt?.toISOString() ?? 'unknown'}`;
}
