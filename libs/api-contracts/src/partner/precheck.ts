import { Did, DidUrl, HomeAccessId, PatientHandle } from '@anw/values';
import { z } from 'zod';

/** Body of `POST /anw/{org}/precheck` at the custodian. */
export const PartnerPrecheckInput = z.strictObject({
  actor: Did,
  handle: PatientHandle,
  /** The delegation that the authorization would name; left out: the one in force. */
  delegation: DidUrl.optional(),
});
export type PartnerPrecheckInput = z.infer<typeof PartnerPrecheckInput>;

/** Its answer: checks 7 and 8 say yes or no; which of them said no stays inside (design D16). */
export const PartnerPrecheckResult = z.discriminatedUnion('allowed', [
  z.object({
    allowed: z.literal(true),
    /** There is a home access that an authorization may name; what it says never comes here. */
    homeAccess: HomeAccessId.optional(),
  }),
  z.object({ allowed: z.literal(false), reason: z.literal('not-allowed') }),
]);
export type PartnerPrecheckResult = z.infer<typeof PartnerPrecheckResult>;
