import { BSN_OID, BSN_SYSTEM, familyNamesOf, type IdentifiedResource, normaliseFamilyName, type PatientQuery, valuesAt } from '@anw/fhir';
import type { OrganisationId } from '@anw/values';
import { createHmac } from 'node:crypto';
import type { Transaction } from '../database/database.js';

/** Keyed hash of what a regisseur asks; who reads the table without the key learns no BSN and no name. */
export function patientKey(key: Uint8Array, organisation: OrganisationId, query: PatientQuery): Buffer {
  const asked = 'bsn' in query ? ['bsn', query.bsn] : ['name', normaliseFamilyName(query.familyName), query.birthDate];
  return createHmac('sha256', key).update(JSON.stringify([organisation, ...asked])).digest();
}

/** Makes these patients findable by what they are called now, and no longer by what they were. */
export async function replacePatientKeys(tx: Transaction, key: Uint8Array, patients: readonly IdentifiedResource[]): Promise<void> {
  if (patients.length === 0) return;
  await tx.query('DELETE FROM fhir_patient_key WHERE organisation_id = $1 AND patient_id = ANY($2)', [tx.organisation, patients.map(({ id }) => id)]);
  const rows = patients.flatMap((patient) => keysOf(patient, key, tx.organisation).map((searchKey) => ({ searchKey, id: patient.id })));
  await tx.query(
    `INSERT INTO fhir_patient_key (organisation_id, search_key, patient_id) SELECT $1, * FROM unnest($2::bytea[], $3::text[]) ON CONFLICT DO NOTHING`,
    [tx.organisation, rows.map((row) => row.searchKey), rows.map((row) => row.id)],
  );
}

function keysOf(patient: IdentifiedResource, key: Uint8Array, organisation: OrganisationId): readonly Buffer[] {
  const birthDate = patient['birthDate'];
  const byName = typeof birthDate === 'string' ? familyNamesOf(patient).map((familyName) => ({ familyName, birthDate })) : [];
  return [...byName, ...bsnsOf(patient)].map((query) => patientKey(key, organisation, query as PatientQuery));
}

function bsnsOf(patient: IdentifiedResource): readonly { readonly bsn: string }[] {
  return valuesAt(patient, ['identifier']).flatMap((identifier) => {
    const { system, value } = identifier as { system?: unknown; value?: unknown };
    return (system === BSN_SYSTEM || system === BSN_OID) && typeof value === 'string' ? [{ bsn: value }] : [];
  });
}
