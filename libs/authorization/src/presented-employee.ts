import { CredentialError, type EmployeeCredential, readEmployeeCredential, type VerifiedCredential } from '@anw/credentials';
import type { AssuranceLevel } from '@anw/identity';
import type { Did } from '@anw/values';

/** An employee credential as it was presented: who vouches, for whom, and what it says, as far as it can be read. */
export interface PresentedEmployee {
  readonly issuer: Did;
  readonly subject: Did;
  /** `incomplete`: it does not say who she is; `lives-too-long`: it is for more than a day. */
  readonly said: EmployeeCredential | 'incomplete' | 'lives-too-long';
}

export function readPresentedEmployee(credential: VerifiedCredential): PresentedEmployee {
  return { issuer: credential.issuer, subject: credential.subject, said: readSaid(credential) };
}

function readSaid(credential: VerifiedCredential): PresentedEmployee['said'] {
  try {
    return readEmployeeCredential(credential);
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    return error.code === 'lives-too-long' ? 'lives-too-long' : 'incomplete';
  }
}

/** What it says of a person, when it says enough. */
export function employeeOf(presented: PresentedEmployee | undefined): EmployeeCredential | undefined {
  return typeof presented?.said === 'object' ? presented.said : undefined;
}

/**
 * "The level is set by the custodian's authorization server from the means it verified, never from a claim supplied by
 * the actor" (spec nuts-protocols §5 rule 2): nobody vouches for a self-attested person, so that is `low`; under the
 * actor's signature we take its word, but a level above `substantial` takes evidence that the actor cannot give itself.
 */
export function assuranceLevelOf(employee: EmployeeCredential): AssuranceLevel {
  if (employee.form === 'self-attested') return 'low';
  return employee.assuranceLevel === 'high' ? 'substantial' : employee.assuranceLevel;
}
