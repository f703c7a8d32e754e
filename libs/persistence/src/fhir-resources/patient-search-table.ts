import { isActivePatient, patientCard, type PatientDirectory, type PatientQuery, type PatientSummary, type StoredResource } from '@anw/fhir';
import { PatientId } from '@anw/values';
import type { UnwaitingTransaction } from '../database/database.js';
import { patientKey } from './patient-keys.js';
import { toStoredResource } from './stored-row.js';

/** Two people can share a name and a birth date; a list longer than this is no narrow search. */
const MAXIMUM_FOUND = 10;
/** As an authorization's context takes it. */
const MAXIMUM_ADDRESS_CHARACTERS = 300;

/** Finds patients of the organisation for a regisseur, by keys that only this service can compute. */
export class PatientSearchTable implements PatientDirectory {
  /** @param searchKey at least 32 bytes, from the configuration; the same that the resources were loaded with. */
  constructor(
    private readonly tx: UnwaitingTransaction,
    private readonly searchKey: Uint8Array,
  ) {}

  async findPatients(query: PatientQuery): Promise<readonly PatientSummary[]> {
    const rows = await this.tx.query(
      `SELECT r.body, r.version, r.last_updated FROM fhir_patient_key k
       JOIN fhir_resource r ON r.organisation_id = k.organisation_id AND r.type = 'Patient' AND r.id = k.patient_id
       WHERE k.organisation_id = $1 AND k.search_key = $2 ORDER BY r.id LIMIT ${MAXIMUM_FOUND}`,
      [this.tx.organisation, patientKey(this.searchKey, this.tx.organisation, query)],
      'fhir-find-patients',
    );
    return rows.map(toStoredResource).filter(({ resource }) => isActivePatient(resource)).map(toSummary);
  }

  async isInCare(patient: PatientId): Promise<boolean> {
    const [row] = await this.tx.query(
      `SELECT body, version, last_updated FROM fhir_resource WHERE organisation_id = $1 AND type = 'Patient' AND id = $2`,
      [this.tx.organisation, patient],
      'fhir-patient-in-care',
    );
    return row !== undefined && isActivePatient(toStoredResource(row).resource);
  }
}

function toSummary({ resource }: StoredResource): PatientSummary {
  const { name, birthDate, addresses: [address] } = patientCard(resource);
  return { id: PatientId.parse(resource.id), name, birthDate: birthDate ?? '', ...(address !== undefined && { address: address.slice(0, MAXIMUM_ADDRESS_CHARACTERS) }) };
}
