import { assuranceLevels } from '@anw/identity';
import { z } from 'zod';
import type { Settings } from '../config/read-config.js';
import { baseUrl, isLoopback, json } from '../config/setting-types.js';

/** Names of the claims that the organisation's provider puts our facts in. */
const claimNames = z.strictObject({
  organisation: z.string().default('organisation'),
  identifier: z.string().default('employee_number'),
  name: z.string().default('name'),
  roleName: z.string().default('role_name'),
  roles: z.string().default('roles'),
});

const schema = z
  .object({
    OIDC_ISSUER: baseUrl('http', 'https'),
    OIDC_CLIENT_ID: z.string(),
    OIDC_CLIENT_SECRET: z.string(),
    OIDC_SCOPE: z.string().default('openid profile'),
    OIDC_CLAIMS: json(claimNames).default(claimNames.parse({})),
    OIDC_ACR_LEVELS: json(z.record(z.string(), z.enum(assuranceLevels))).default({}),
    OIDC_MEANS: z.string().default('employer-oidc'),
  })
  .transform((environment) => ({
    issuer: environment.OIDC_ISSUER,
    clientId: environment.OIDC_CLIENT_ID,
    /** A secret. */
    clientSecret: environment.OIDC_CLIENT_SECRET,
    scope: environment.OIDC_SCOPE,
    claims: environment.OIDC_CLAIMS,
    /** `acr` value → assurance level; an `acr` that is not listed is worth `low` (design D19). */
    acrLevels: environment.OIDC_ACR_LEVELS,
    means: environment.OIDC_MEANS,
  }));

export type OidcSettings = z.infer<typeof schema>;

export const oidcSettings: Settings<OidcSettings> = {
  schema,
  insecure: ({ issuer }) => (issuer.startsWith('http:') ? [`OIDC_ISSUER: logins travel without TLS${isLoopback(issuer) ? ', fit for a developer’s machine only' : ''}`] : []),
};
