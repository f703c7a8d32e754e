import type { HomeAccessId, PatientId } from '@anw/values';
import { z } from 'zod';
import type { FhirResource } from '../fhir-resource.js';

/** Longest description, in characters: a key safe, a code, a neighbour; no letter. */
export const MAXIMUM_DESCRIPTION = 2_000;

/** Text as it was typed: no control characters but tab and line ends. */
const Description = z.string().max(MAXIMUM_DESCRIPTION).regex(/^[^\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]*$/, 'holds a control character').refine((text) => text.trim() !== '', 'is blank');

/**
 * A home access as the organisation's own system loads it: a "Location with `description` only" (spec anw-fhir-profiles
 * §3.7). What says no more than that it is a house is taken along; anything else, such as an address, is refused.
 */
export const HomeAccessLocation = z.strictObject({
  resourceType: z.literal('Location'),
  id: z.string().max(64).optional(),
  status: z.literal('active').optional(),
  mode: z.literal('instance').optional(),
  physicalType: z.looseObject({}).optional(),
  description: Description,
});
export type HomeAccessLocation = z.infer<typeof HomeAccessLocation>;

/** The same as it travels to the nurse; nothing else of a Location does. */
export const RevealedLocation = z.object({ resourceType: z.literal('Location'), id: z.string(), description: Description });

/** How to get into the homes of one custodian organisation's patients. Kept apart from every other resource, so that no search or include can return it. */
export interface HomeAccessStore {
  /** Undefined when it is not there, or is another patient's: both look alike. */
  readHomeAccess(wanted: { readonly id: HomeAccessId; readonly patient: PatientId }): Promise<string | undefined>;
}

export function homeAccessLocation(id: HomeAccessId, description: string): FhirResource {
  return { resourceType: 'Location', id, status: 'active', mode: 'instance', description };
}
