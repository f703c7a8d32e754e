import { type IdentifiedResource, searchTokensOf } from '@anw/fhir';
import type { PatientId } from '@anw/values';
import type { Transaction } from '../database/database.js';

/** A resource of a patient, to be found by its codes. */
export interface IndexedResource {
  readonly resource: IdentifiedResource;
  readonly patient: PatientId;
  readonly sortDate: Date;
}

/** A longer one does not fit the index and is no code of any list. */
const LONGEST_TOKEN = 512;

/** One row per code, and one with an empty parameter for a search over the whole type. */
export async function insertSearchTokens(tx: Transaction, indexed: readonly IndexedResource[]): Promise<void> {
  const rows = indexed.flatMap(({ resource, patient, sortDate }) =>
    [{ parameter: '', token: '' }, ...searchTokensOf(resource).filter(({ token }) => token.length <= LONGEST_TOKEN)].map((each) => ({ patient, type: resource.resourceType, ...each, sortDate, id: resource.id })),
  );
  await tx.query(
    `INSERT INTO fhir_search_token (organisation_id, patient_id, type, parameter, token, sort_date, resource_id)
     SELECT $1, * FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::text[])`,
    [tx.organisation, rows.map((row) => row.patient), rows.map((row) => row.type), rows.map((row) => row.parameter), rows.map((row) => row.token), rows.map((row) => row.sortDate), rows.map((row) => row.id)],
    'fhir-index',
  );
}
