import type { ResourceIssue } from '../../fhir-failure.js';
import { zibOf } from '../resource-facts.js';
import type { Zib } from '../zibs.js';
import type { AllowedReference } from './allowed-reference.js';
import { error } from './issue.js';
import type { ResolvedReference } from './write-record.js';

/** "`hasMember` only to what this authorisation wrote" (spec anw-fhir-profiles §9.2). */
export const writtenMember: AllowedReference = { on: 'hasMember', types: ['Observation'], among: 'written', notFound: unknownMember };

function unknownMember(expression: string): ResourceIssue {
  return error('PULSE-MEMBER', 'invariant', 'Verwijzing naar een onbekende meting.', expression);
}

/** Each member is one of the kinds that the zib holds, and each kind is there at most once. */
export function checkMembers(references: readonly ResolvedReference[], kinds: readonly Zib[]): readonly ResourceIssue[] {
  const members = references.map(({ stored, expression }) => ({ kind: zibOf(stored.resource)?.name, expression }));
  return members.flatMap(({ kind, expression }, index) => {
    if (!kinds.some(({ name }) => name === kind)) return [unknownMember(expression)];
    const repeated = members.slice(0, index).some((earlier) => earlier.kind === kind);
    return repeated ? [error('PULSE-MEMBER', 'structure', 'Een onderdeel van de meting komt meer dan eens voor.', expression)] : [];
  });
}
