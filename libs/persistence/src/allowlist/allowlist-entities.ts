import { EntitySchema } from 'typeorm';

export interface AllowlistRowRecord {
  readonly organisationId: string;
  readonly id: string;
  readonly regisseur: string;
  readonly actor: string;
  readonly validFrom: Date;
  readonly validUntil: Date;
}

export const AllowlistRowEntity = new EntitySchema<AllowlistRowRecord>({
  name: 'AllowlistRow',
  tableName: 'allowlist_row',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    id: { type: 'uuid', primary: true },
    regisseur: { type: 'text' },
    actor: { type: 'text' },
    validFrom: { name: 'valid_from', type: 'timestamptz' },
    validUntil: { name: 'valid_until', type: 'timestamptz' },
  },
});

export interface DelegationRecord {
  readonly organisationId: string;
  readonly id: string;
  readonly sequence: string;
  readonly regisseur: string;
  readonly actors: unknown;
  readonly validFrom: Date;
  readonly validUntil: Date;
  readonly maxAuthorizationSeconds: number;
  readonly revokedAt: Date | null;
  readonly jwt: string;
}

export const DelegationEntity = new EntitySchema<DelegationRecord>({
  name: 'IssuedDelegation',
  tableName: 'issued_delegation',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    id: { type: 'text', primary: true },
    // Order of issue; the database counts.
    sequence: { type: 'bigint', insert: false, update: false },
    regisseur: { type: 'text' },
    actors: { type: 'jsonb' },
    validFrom: { name: 'valid_from', type: 'timestamptz' },
    validUntil: { name: 'valid_until', type: 'timestamptz' },
    maxAuthorizationSeconds: { name: 'max_authorization_seconds', type: 'integer' },
    revokedAt: { name: 'revoked_at', type: 'timestamptz', nullable: true },
    jwt: { type: 'text' },
  },
});
