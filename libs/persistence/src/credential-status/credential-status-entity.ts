import { EntitySchema } from 'typeorm';

/** One position of a status list and the credential it was given to. */
export interface CredentialStatusRow {
  readonly organisationId: string;
  readonly page: number;
  readonly index: number;
  readonly credentialId: string;
  readonly validUntil: Date;
  readonly revokedAt: Date | null;
}

export const CredentialStatusEntity = new EntitySchema<CredentialStatusRow>({
  name: 'CredentialStatus',
  tableName: 'credential_status',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    page: { type: 'integer', primary: true },
    index: { type: 'integer', primary: true },
    credentialId: { name: 'credential_id', type: 'text' },
    validUntil: { name: 'valid_until', type: 'timestamptz' },
    revokedAt: { name: 'revoked_at', type: 'timestamptz', nullable: true },
  },
});
