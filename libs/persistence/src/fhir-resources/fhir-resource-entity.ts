import { EntitySchema } from 'typeorm';

export interface FhirResourceRow {
  readonly organisationId: string;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly patientId: string | null;
  readonly body: unknown;
  readonly sortDate: Date;
  readonly lastUpdated: Date;
  readonly writtenUnder: string | null;
  readonly writtenBy: string | null;
  readonly writtenFor: string | null;
  readonly practitionerIdentifier: string | null;
  readonly practitionerName: string | null;
  readonly writeKey: string | null;
  readonly fingerprint: string | null;
}

export const FhirResourceEntity = new EntitySchema<FhirResourceRow>({
  name: 'FhirResource',
  tableName: 'fhir_resource',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    type: { type: 'text', primary: true },
    id: { type: 'text', primary: true },
    version: { type: 'integer' },
    patientId: { name: 'patient_id', type: 'text', nullable: true },
    body: { type: 'jsonb' },
    sortDate: { name: 'sort_date', type: 'timestamptz' },
    lastUpdated: { name: 'last_updated', type: 'timestamptz' },
    writtenUnder: { name: 'written_under', type: 'text', nullable: true },
    writtenBy: { name: 'written_by', type: 'text', nullable: true },
    writtenFor: { name: 'written_for', type: 'text', nullable: true },
    practitionerIdentifier: { name: 'practitioner_identifier', type: 'text', nullable: true },
    practitionerName: { name: 'practitioner_name', type: 'text', nullable: true },
    writeKey: { name: 'write_key', type: 'text', nullable: true },
    fingerprint: { type: 'text', nullable: true },
  },
});

/** Entities of this capability, for the data source. */
export const fhirResourceEntities = [FhirResourceEntity];
