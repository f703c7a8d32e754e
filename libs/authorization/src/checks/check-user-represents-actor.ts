import { type Did, didOf, type DidUrl } from '@anw/values';
import type { PresentedEmployee } from '../presented-employee.js';
import { denied, granted, notEvaluated, type Verdict } from '../verdict.js';

export interface UserRepresentsActorInput {
  readonly actor: Did;
  readonly employee: Pick<PresentedEmployee, 'issuer' | 'subject'> | undefined;
  /** Verification method of the presentation, found in `assertionMethod` of its DID when the signature was verified. */
  readonly signedWith: DidUrl;
}

/**
 * Check 4: "the person represents the actor". Her employee credential was issued by the actor's DID and is about it,
 * and the presentation was signed with a key of that same DID.
 */
export function checkUserRepresentsActor({ actor, employee, signedWith }: UserRepresentsActorInput): Verdict {
  if (didOf(signedWith) !== actor) return denied(4, 'presentation-not-signed-by-actor', 'presentation', signedWith);
  if (employee === undefined) return notEvaluated(4);
  if (employee.issuer !== actor) return denied(4, 'employee-of-another-organisation', 'employee-credential', `issued by ${employee.issuer}`);
  if (employee.subject !== actor) return denied(4, 'employee-of-another-organisation', 'employee-credential', `about ${employee.subject}`);
  return granted(4, 'presentation', `signed with ${signedWith}`);
}
