import { z } from 'zod';
import { Instant, Period } from '../instant.js';
import { Party } from '../party.js';

/** What one custodian allows this regisseur, as far as it is known here, and since when. */
export const CustodianAllowlist = z.strictObject({
  custodian: Party,
  /** When the custodian last answered; absent when it never did. */
  fetchedAt: Instant.optional(),
  ageSeconds: z.int().min(0).optional(),
  /** Too old to be relied on, or from before the custodian said that its rows changed. Nothing is sent on it. */
  stale: z.boolean(),
  /** In Dutch: why the last attempt brought nothing new, and who must repair it. */
  problem: z.string().optional(),
  rows: z.array(z.strictObject({ actor: Party, period: Period, state: z.enum(['future', 'current', 'ended']) })),
});
export type CustodianAllowlist = z.infer<typeof CustodianAllowlist>;

/** `GET /api/custodians`. */
export const CustodianAllowlists = z.strictObject({ custodians: z.array(CustodianAllowlist) });
export type CustodianAllowlists = z.infer<typeof CustodianAllowlists>;
