import { EntitySchema } from 'typeorm';

export interface EnrolmentRecord {
  readonly organisationId: string;
  readonly id: string;
  readonly patient: string;
  readonly regisseur: string;
  readonly handle: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
}

export const EnrolmentEntity = new EntitySchema<EnrolmentRecord>({
  name: 'Enrolment',
  tableName: 'enrolment',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    id: { type: 'uuid', primary: true },
    patient: { name: 'patient_id', type: 'text' },
    regisseur: { type: 'text' },
    handle: { type: 'text' },
    validFrom: { name: 'valid_from', type: 'timestamptz' },
    validUntil: { name: 'valid_until', type: 'timestamptz' },
  },
});
