import { IdentifiedResource, type WrittenBackList, type WrittenBackResource } from '@anw/fhir';
import { Did, DidUrl, EmployeeIdentifier, PatientId } from '@anw/values';
import { IsNull, MoreThanOrEqual, Not } from 'typeorm';
import type { Transaction } from '../database/database.js';
import { FhirResourceEntity, type FhirResourceRow } from './fhir-resource-entity.js';

const MAXIMUM_LISTED = 200;

/** What actors wrote back into this organisation's records, for its day team. */
export class WrittenBackTable implements WrittenBackList {
  constructor(private readonly tx: Transaction) {}

  async listWrittenBack(since: Date): Promise<readonly WrittenBackResource[]> {
    const rows = await this.tx.manager.find(FhirResourceEntity, {
      where: { organisationId: this.tx.organisation, writtenUnder: Not(IsNull()), lastUpdated: MoreThanOrEqual(since) },
      order: { lastUpdated: 'DESC', id: 'ASC' },
      take: MAXIMUM_LISTED,
    });
    return rows.map(fromRow);
  }
}

function fromRow({ body, version, lastUpdated, writtenBy, writtenFor, writtenUnder, patientId, practitionerIdentifier, practitionerName }: FhirResourceRow): WrittenBackResource {
  return {
    stored: { resource: IdentifiedResource.parse(body), version, lastUpdated },
    actor: Did.parse(writtenBy),
    regisseur: Did.parse(writtenFor),
    authorization: DidUrl.parse(writtenUnder),
    patient: PatientId.parse(patientId),
    practitioner: { identifier: EmployeeIdentifier.parse(practitionerIdentifier), name: practitionerName ?? '' },
  };
}
