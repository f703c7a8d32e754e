import type { EntitySchema } from 'typeorm';
import { CareRequestEntity } from '../care-requests/care-request-entity.js';
import { PartnerEntity } from '../partners/partner-entity.js';
import { ShiftEntity } from '../shifts/shift-entity.js';
import { AuthorizationEntity } from './authorization-entity.js';

/** What a regisseur registers with its database for the work of the desk. */
export const deskEntities: readonly EntitySchema[] = [CareRequestEntity, ShiftEntity, PartnerEntity, AuthorizationEntity];
