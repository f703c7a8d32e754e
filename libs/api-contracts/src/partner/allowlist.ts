import { Did } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';

/** Answer of `GET /anw/{org}/allowlist` at the custodian: the asking regisseur's own rows and its delegation (design D11). */
export const PartnerAllowlist = z.object({
  regisseur: Did,
  entries: z.array(z.object({ actor: Did, purposeOfUse: z.string(), validFrom: Instant, validUntil: Instant })).max(10_000),
  /** Compact JWT of the `ANWDelegationCredential`. */
  delegation: z.string().max(262_144),
});
export type PartnerAllowlist = z.infer<typeof PartnerAllowlist>;
