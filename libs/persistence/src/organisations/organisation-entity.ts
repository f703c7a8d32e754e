import { EntitySchema } from 'typeorm';

export interface OrganisationRow {
  readonly organisationId: string;
  readonly name: string;
  readonly did: string;
  readonly displayName: string;
  readonly city: string;
  readonly issuer: string;
}

export const OrganisationEntity = new EntitySchema<OrganisationRow>({
  name: 'Organisation',
  tableName: 'organisation',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    name: { type: 'text' },
    did: { type: 'text' },
    displayName: { name: 'display_name', type: 'text' },
    city: { type: 'text' },
    issuer: { type: 'text' },
  },
});
