import { z } from 'zod';
import type { EntryContext } from '../dossier-entry.js';
import { printReference } from '../elements/print-party.js';
import { ENTERED_IN_ERROR, type StatusWords } from '../elements/print-status.js';
import { hasCode, readable } from '../elements/readable.js';

const V3_ROLE = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

const Actor = z.looseObject({ role: readable.concept, reference: readable.reference });

/** What two zibs read of `Consent.provision`. */
export const ConsentProvision = z
  .looseObject({
    type: readable.text,
    period: readable.period,
    code: readable.concepts,
    actor: z.array(Actor.catch({})).catch([]),
    extension: readable.extensions,
    modifierExtension: readable.extensions,
  })
  .catch({ code: [], actor: [], extension: [], modifierExtension: [] });

export const consentStatuses: StatusWords = {
  active: { label: 'van kracht' },
  draft: { label: 'concept', warning: 'Concept, nog niet van kracht.' },
  proposed: { label: 'voorgesteld', warning: 'Voorgesteld, nog niet van kracht.' },
  rejected: { label: 'afgewezen', warning: 'Afgewezen; niet van kracht.' },
  inactive: { label: 'niet meer van kracht', warning: 'Niet meer van kracht.' },
  'entered-in-error': ENTERED_IN_ERROR,
};

/** Who takes part in this role, by name where the source or what came along gives one. @param role code of v3-RoleCode. */
export function consentParties({ actor }: z.infer<typeof ConsentProvision>, role: string, context: EntryContext): string | undefined {
  const parties = actor.flatMap((each) => (each.role !== undefined && hasCode(each.role, V3_ROLE, role) ? (printReference(each.reference, context) ?? []) : []));
  return parties.length === 0 ? undefined : parties.join(', ');
}
