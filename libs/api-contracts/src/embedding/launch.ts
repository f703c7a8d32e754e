import { EmployeeIdentifier, OrganisationName } from '@anw/values';
import { z } from 'zod';
import { Instant } from '../instant.js';

/** `POST /anw/{org}/launches` at the actor's partner door: the ECD of an organisation says who is logged in there. */
export const LaunchInput = z.strictObject({
  user: z.strictObject({
    /** Personnel number: authorizations name nurses by it. */
    identifier: EmployeeIdentifier,
    name: z.string().trim().min(1).max(200),
    /** Her function, for the custodian's log. */
    roleName: z.string().trim().min(1).max(100),
    /** `acr` of her login at the ECD, as `OIDC_ACR_LEVELS` of the deployment lists it; any other is worth `low`. */
    acr: z.string().max(200).optional(),
    authenticatedAt: Instant,
  }),
  /** uuid of the visit to open; absent: her route. */
  visit: z.uuid().optional(),
});
export type LaunchInput = z.infer<typeof LaunchInput>;

/** The one-time code, good for a minute, and the address to show in a frame; nobody else may see either. */
export const LaunchView = z.strictObject({ code: z.string(), url: z.url(), expiresAt: Instant });
export type LaunchView = z.infer<typeof LaunchView>;

/** `POST /api/launch`: the page in the frame exchanges its code. */
export const LaunchExchangeInput = z.strictObject({ organisation: OrganisationName, code: z.string().min(1).max(200) });
export type LaunchExchangeInput = z.infer<typeof LaunchExchangeInput>;

/** The token that each request of that page carries (`Authorization: Bearer`), in its memory and nowhere else. */
export const LaunchedSession = z.strictObject({ token: z.string(), expiresAt: Instant, visit: z.uuid().optional() });
export type LaunchedSession = z.infer<typeof LaunchedSession>;
