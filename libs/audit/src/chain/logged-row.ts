import type { OrganisationId } from '@anw/values';
import { createHash } from 'node:crypto';

/** Which facts a row has; rows are sealed in the form in which they were written. */
export type RowForm = 1 | 2;
/** The form in which rows are written now. */
export const CURRENT_ROW_FORM: RowForm = 2;

const firstFacts = [
  'id',
  'name',
  'outcome',
  'at',
  'recordedAt',
  'practitioner',
  'practitionerName',
  'practitionerRole',
  'actor',
  'regisseur',
  'requestingSystem',
  'patient',
  'authorization',
  'purposeOfUse',
  'query',
  'resources',
  'reason',
  'reference',
] as const;
const laterFacts = ['actorName', 'regisseurName', 'token', 'grounds'] as const;

/** The facts of a row that are sealed, in the order in which they are hashed: a fact more is a new form, and comes behind the others. */
export const sealedFacts = [...firstFacts, ...laterFacts] as const;
export type SealedFact = (typeof sealedFacts)[number];

/** A row of the log exactly as it is stored; moments as UTC text in microseconds, so that nothing is rounded away. */
export interface LoggedRow {
  /** Grows with every row of the service; gaps mean nothing. */
  readonly sequence: number;
  readonly form: RowForm;
  readonly facts: Readonly<Record<SealedFact, string | readonly string[] | null>>;
}

/**
 * SHA-256 over the row in canonical form: a JSON array of form, organisation, sequence and the facts in fixed order, so
 * that no two different rows are written alike.
 */
export function hashRow(organisation: OrganisationId, { sequence, form, facts }: LoggedRow): Uint8Array {
  const canonical = JSON.stringify([`anw-log-row-${form}`, organisation, sequence, ...factsOf(form, facts).map((fact) => facts[fact])]);
  return createHash('sha256').update(canonical, 'utf8').digest();
}

/** A fact that the form of a row does not know must be absent: one that was put there afterwards counts, and breaks the seal. */
function factsOf(form: RowForm, facts: LoggedRow['facts']): readonly SealedFact[] {
  return form === 1 && laterFacts.every((fact) => facts[fact] === null) ? firstFacts : sealedFacts;
}
