import { EntitySchema } from 'typeorm';

export interface ReceivedDelegationRow {
  readonly organisationId: string;
  readonly custodian: string;
  readonly id: string;
  readonly actors: unknown;
  readonly maxAuthorizationSeconds: number;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly jwt: string;
  readonly fetchedAt: Date;
}

export const ReceivedDelegationEntity = new EntitySchema<ReceivedDelegationRow>({
  name: 'ReceivedDelegation',
  tableName: 'received_delegation',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    custodian: { type: 'text', primary: true },
    id: { type: 'text' },
    actors: { type: 'jsonb' },
    maxAuthorizationSeconds: { name: 'max_authorization_seconds', type: 'integer' },
    validFrom: { name: 'valid_from', type: 'timestamptz' },
    validUntil: { name: 'valid_until', type: 'timestamptz' },
    jwt: { type: 'text' },
    fetchedAt: { name: 'fetched_at', type: 'timestamptz' },
  },
});
