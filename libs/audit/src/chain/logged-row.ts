import type { OrganisationId } from '@anw/values';
import { createHash } from 'node:crypto';

/** The facts of a row that are sealed, in the order in which they are hashed. A fact more is a new form (`ROW_FORM`). */
export const sealedFacts = [
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
export type SealedFact = (typeof sealedFacts)[number];

/** A row of the log exactly as it is stored; moments as UTC text in microseconds, so that nothing is rounded away. */
export interface LoggedRow {
  /** Grows with every row of the service; gaps mean nothing. */
  readonly sequence: number;
  readonly facts: Readonly<Record<SealedFact, string | readonly string[] | null>>;
}

const ROW_FORM = 'anw-log-row-1';

/**
 * SHA-256 over the row in canonical form: a JSON array of form, organisation, sequence and the facts in fixed order, so
 * that no two different rows are written alike.
 */
export function hashRow(organisation: OrganisationId, { sequence, facts }: LoggedRow): Uint8Array {
  const canonical = JSON.stringify([ROW_FORM, organisation, sequence, ...sealedFacts.map((fact) => facts[fact])]);
  return createHash('sha256').update(canonical, 'utf8').digest();
}
