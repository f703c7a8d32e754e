import type { WrittenReference } from './allowed-reference.js';
import type { WriteContext } from './write-context.js';

/**
 * G8: the subject is a relative literal `Patient/{id}` equal to the authorised patient. Any other form is refused, with
 * the same answer whether the other patient exists or not. Without a subject the form is at fault, not the scope.
 */
export function isOutsideScope(subject: WrittenReference | undefined, { patient }: Pick<WriteContext, 'patient'>): boolean {
  if (subject === undefined) return false;
  // An identifier cannot be shown to agree without telling whose it is: only the literal reference is taken.
  return subject.reference !== `Patient/${patient}` || subject.identifier !== undefined || (subject.type !== undefined && subject.type !== 'Patient');
}

/** G10: the authenticated person, named by the identifier that her organisation gave her. */
export function isAuthor({ reference, identifier, type }: WrittenReference, { origin }: Pick<WriteContext, 'origin'>): boolean {
  const named = identifier?.system === origin.actor && identifier.value === origin.practitioner.identifier;
  // A literal reference is to a Practitioner of this record, which no token is known by.
  return named && reference === undefined && (type === undefined || type === 'Practitioner');
}

/** Her, as she stands in what is stored: set by the server from the token. */
export function authorReference({ actor, practitioner }: Pick<WriteContext['origin'], 'actor' | 'practitioner'>): WrittenReference {
  return { type: 'Practitioner', identifier: { system: actor, value: practitioner.identifier }, display: practitioner.name };
}
