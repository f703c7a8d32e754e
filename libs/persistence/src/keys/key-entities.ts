import type { KeyState } from '@anw/identity';
import { EntitySchema } from 'typeorm';

export interface OrganisationDidRow {
  readonly organisationId: string;
  readonly did: string;
  readonly alias: string;
  readonly provider: string;
  readonly controllerKid: string | null;
}

export const OrganisationDidEntity = new EntitySchema<OrganisationDidRow>({
  name: 'OrganisationDid',
  tableName: 'organisation_did',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    did: { type: 'text', primary: true },
    alias: { type: 'text' },
    provider: { type: 'text' },
    controllerKid: { name: 'controller_kid', type: 'text', nullable: true },
  },
});

export interface SigningKeyRow {
  readonly organisationId: string;
  readonly kid: string;
  readonly vault: string;
  readonly publicKeyJwk: object;
  readonly state: KeyState;
  readonly signFrom: Date;
  readonly createdAt: Date;
}

export const SigningKeyEntity = new EntitySchema<SigningKeyRow>({
  name: 'SigningKey',
  tableName: 'signing_key',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    kid: { type: 'text', primary: true },
    vault: { type: 'text' },
    publicKeyJwk: { name: 'public_key_jwk', type: 'jsonb' },
    state: { type: 'text' },
    signFrom: { name: 'sign_from', type: 'timestamptz' },
    createdAt: { name: 'created_at', type: 'timestamptz', createDate: true },
  },
});

export interface SealedKeyRow {
  readonly organisationId: string;
  readonly kid: string;
  readonly encryptionKeyId: string;
  readonly sealed: Buffer;
}

export const SealedKeyEntity = new EntitySchema<SealedKeyRow>({
  name: 'SealedKey',
  tableName: 'sealed_key',
  columns: {
    organisationId: { name: 'organisation_id', type: 'uuid', primary: true },
    kid: { type: 'text', primary: true },
    encryptionKeyId: { name: 'encryption_key_id', type: 'text' },
    sealed: { type: 'bytea' },
  },
});
