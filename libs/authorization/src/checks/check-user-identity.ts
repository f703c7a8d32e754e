import type { EmployeeCredential } from '@anw/credentials';
import { type AssuranceLevel, meetsAssuranceLevel } from '@anw/identity';
import type { EmployeeIdentifier } from '@anw/values';
import { assuranceLevelOf, type PresentedEmployee } from '../presented-employee.js';
import { denied, granted, type Verdict } from '../verdict.js';

/** A login is good for a shift, not for the next one. */
const MAX_LOGIN_AGE_MILLISECONDS = 12 * 3_600_000;
/** Clocks of partners may differ this much (RFC021: at most 5 s). */
const SKEW_MILLISECONDS = 5_000;

export interface UserIdentityInput {
  readonly employee: PresentedEmployee | undefined;
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
  const { said } = employee;
  if (said === 'incomplete') return denied(3, 'employee-incomplete', 'employee-credential', 'identifier, name or login is not as it must be');
  if (said === 'lives-too-long') return denied(3, 'employee-stale', 'employee-credential', 'for more than a day');
  if (!isFresh(said, now)) return denied(3, 'employee-stale', 'employee-credential', ageOf(said));
  const level = assuranceLevelOf(said);
  if (!meetsAssuranceLevel(level, minimum)) return denied(3, 'assurance-too-low', 'employee-credential', `${level}, minimum is ${minimum}`);
  return granted(3, 'employee-credential', `${said.identifier} at level ${level}, ${said.form}`);
}

export function practitionerOf(employee: EmployeeCredential): Practitioner {
  const { identifier, name, roleName } = employee;
  return { identifier, name, ...(roleName === undefined ? {} : { roleName }), assuranceLevel: assuranceLevelOf(employee) };
}

/** A self-attested credential tells no time of login: the five seconds of the presentation around it are its freshness. */
function isFresh(employee: EmployeeCredential, now: Date): boolean {
  if (employee.form === 'self-attested') return true;
  const loginAge = now.getTime() - employee.authenticatedAt.getTime();
  const { from, until } = employee.period;
  return now.getTime() + SKEW_MILLISECONDS >= from.getTime() && now < until && loginAge >= -SKEW_MILLISECONDS && loginAge <= MAX_LOGIN_AGE_MILLISECONDS;
}

function ageOf(employee: EmployeeCredential): string {
  return employee.form === 'signed' ? `logged in ${employee.authenticatedAt.toISOString()}, credential from ${employee.period.from.toISOString()} until ${employee.period.until.toISOString()}` : employee.form;
}
