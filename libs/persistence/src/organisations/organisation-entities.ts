import { OrganisationDidEntity, SealedKeyEntity, SigningKeyEntity } from '../keys/key-entities.js';
import { OrganisationEntity } from './organisation-entity.js';

/** What every service keeps of its organisations: themselves, their DIDs, their keys. */
export const organisationEntities = [OrganisationEntity, OrganisationDidEntity, SigningKeyEntity, SealedKeyEntity] as const;
