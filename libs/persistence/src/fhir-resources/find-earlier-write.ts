import type { ResourceDraft, StoredResource } from '@anw/fhir';
import type { Transaction } from '../database/database.js';
import { toStoredResource } from './stored-row.js';
import { writeKey } from './write-key.js';

/** What this write made before: under its name, for the same patient, under the same authorization, with the same content. */
export async function findEarlierWrite(tx: Transaction, draft: ResourceDraft): Promise<StoredResource | undefined> {
  const [row] = await tx.query(
    `SELECT body, version, last_updated FROM fhir_resource
     WHERE organisation_id = $1 AND written_by = $2 AND write_key = $3 AND patient_id = $4 AND written_under = $5 AND fingerprint = $6`,
    [tx.organisation, draft.origin.actor, writeKey(draft), draft.patient, draft.origin.authorization, draft.fingerprint],
    'fhir-find-earlier-write',
  );
  return row === undefined ? undefined : toStoredResource(row);
}
