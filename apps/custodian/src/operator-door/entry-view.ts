import { EntryError, type EntryFailure, type EntryState } from '@anw/authorization';
import { ProblemError } from '@anw/platform';
import { EmployeeIdentifier, type ValidityPeriod } from '@anw/values';
import { z } from 'zod';

const states = ['pending', 'future', 'current', 'ended', 'withdrawn'] as const satisfies readonly EntryState[];

/** What every entry shows beside what it is about. */
export const entryMembers = {
  id: z.uuid(),
  validFrom: z.iso.datetime({ offset: true }),
  validUntil: z.iso.datetime({ offset: true }),
  /** Only a `current` one opens anything; `pending` waits for a second operator. */
  state: z.enum(states),
  proposedBy: EmployeeIdentifier.optional(),
  approvedBy: EmployeeIdentifier.optional(),
};

interface EntryFacts {
  readonly id: string;
  readonly period: ValidityPeriod;
  readonly state: EntryState;
  readonly proposedBy?: EmployeeIdentifier;
  readonly approvedBy?: EmployeeIdentifier;
}

export function renderEntry({ id, period, state, proposedBy, approvedBy }: EntryFacts) {
  return { id, validFrom: period.from.toISOString(), validUntil: period.until.toISOString(), state, ...(proposedBy && { proposedBy }), ...(approvedBy && { approvedBy }) };
}

const explanations = {
  'period-ends-before-it-starts': 'validUntil must come after validFrom.',
  'period-is-over': 'validUntil lies in the past.',
  'overlaps-another-entry': 'This pair has an entry in that period already: end it first.',
  'patient-not-in-care': 'This organisation has no such patient in care.',
  'operator-unnamed': 'This organisation works with four eyes: name the operator in the X-Operator header.',
  'same-operator': 'This organisation works with four eyes: another operator than who proposed it approves.',
} as const satisfies Record<EntryFailure, string>;

/** Tells a change that cannot be made as a problem; `code` says which rule. */
export function refuseChange(error: unknown): never {
  if (error instanceof EntryError) throw new ProblemError('not-acceptable', { detail: explanations[error.code], extensions: { code: error.code }, cause: error });
  throw error;
}

/** The id of an entry in a path. @throws ProblemError `not-found` */
export function entryId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new ProblemError('not-found');
  return id;
}
