import { assuranceLevels } from '@anw/identity';
import { z } from 'zod';

export const operations = ['read', 'search', 'create'] as const;
export type Operation = (typeof operations)[number];

/**
 * One entry of `resources` in an authorization (RFC014, RFC020): a FHIR type, or one instance of it. It only ever narrows
 * the bolt's policy (design §4).
 */
export const GrantedResource = z.strictObject({
  path: z.string().regex(/^\/[A-Za-z]+(?:\/[A-Za-z0-9.-]{1,64})?$/),
  operations: z.array(z.enum(operations)).min(1),
  userContext: z.literal(true),
  assuranceLevel: z.enum(assuranceLevels),
});
export type GrantedResource = z.infer<typeof GrantedResource>;
