import type { AuthorizationCredential } from '@anw/credentials';
import { ANW_PURPOSE_OF_USE, type Did, type EmployeeIdentifier } from '@anw/values';
import { denied, granted, notEvaluated, type Verdict } from '../verdict.js';

export interface AuthorizationFromRegisseurInput {
  /** `malformed`: a credential of the type was presented, and it does not say what an authorization must say. */
  readonly authorization: AuthorizationCredential | 'malformed' | undefined;
  /** Who presents it. */
  readonly actor: Did;
  /** The organisation that is asked. */
  readonly custodian: Did;
  /** The person of check 3, when it established one. */
  readonly practitioner: EmployeeIdentifier | undefined;
}

/**
 * Check 5: "the actor holds an authorization from a regisseur". It is about the organisation that presents it, names
 * this custodian (the guard against a deputy led astray), this purpose, and, if it names a practitioner, the person of
 * check 3. Its signature was verified with the presentation; whether its issuer may authorize is check 7.
 */
export function checkAuthorizationFromRegisseur({ authorization, actor, custodian, practitioner }: AuthorizationFromRegisseurInput): Verdict {
  if (authorization === undefined) return denied(5, 'authorization-missing', 'presentation', 'no authorization credential');
  if (authorization === 'malformed') return denied(5, 'authorization-malformed', 'presentation', 'authorization credential cannot be read');
  if (authorization.actor !== actor) return denied(5, 'authorization-for-another-actor', 'authorization-credential', authorization.actor);
  if (authorization.custodian !== custodian) return denied(5, 'authorization-for-another-custodian', 'authorization-credential', authorization.custodian);
  if (authorization.purposeOfUse !== ANW_PURPOSE_OF_USE) return denied(5, 'authorization-for-another-purpose', 'authorization-credential', 'other purpose of use');
  if (authorization.practitioner === undefined) return granted(5, 'authorization-credential', `${authorization.id} for any identified employee`);
  if (practitioner === undefined) return notEvaluated(5);
  if (authorization.practitioner !== practitioner) return denied(5, 'authorization-for-another-practitioner', 'authorization-credential', authorization.practitioner);
  return granted(5, 'authorization-credential', `${authorization.id} for ${practitioner}`);
}
