import type { PartnerRole } from '@anw/triage';
import { EntitySchema } from 'typeorm';

export interface PartnerRow {
  readonly organisationId: string;
  readonly did: string;
  readonly role: PartnerRole;
  readonly name: string;
}

export const PartnerEntity = new EntitySchema<PartnerRow>({
  name: 'Partner',
  tableName: 'partner',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    did: { type: 'text', primary: true },
    role: { type: 'text', primary: true },
    name: { type: 'text' },
  },
});
