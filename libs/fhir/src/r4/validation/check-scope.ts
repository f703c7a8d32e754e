import type { Observation } from './structure/observation.js';
import type { WriteContext } from './write-context.js';

/**
 * G8: the subject is a relative literal `Patient/{id}` equal to the authorised patient. Any other form is refused, with
 * the same answer whether the other patient exists or not. Without a subject the form is at fault, not the scope.
 */
export function isOutsideScope({ subject }: Pick<Observation, 'subject'>, { patient }: Pick<WriteContext, 'patient'>): boolean {
  if (subject === undefined) return false;
  // An identifier cannot be shown to agree without telling whose it is: only the literal reference is taken.
  return subject.reference !== `Patient/${patient}` || subject.identifier !== undefined || (subject.type !== undefined && subject.type !== 'Patient');
}

/**
 * G10: the author is the authenticated person; left out, the server sets her. Named by another identifier, or by a
 * literal reference that this token does not know, it is refused.
 */
export function hasOtherAuthor({ performer }: Pick<Observation, 'performer'>, { origin }: Pick<WriteContext, 'origin'>): boolean {
  return (performer ?? []).some(
    ({ reference, identifier, type }) =>
      reference !== undefined || identifier?.system !== origin.actor || identifier.value !== origin.practitioner.identifier || (type !== undefined && type !== 'Practitioner'),
  );
}
