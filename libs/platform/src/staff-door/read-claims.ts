import type { AssuranceLevel, User } from '@anw/identity';
import { EmployeeIdentifier, OrganisationName } from '@anw/values';
import { z } from 'zod';
import type { OidcSettings } from './oidc-settings.js';

/** What a login says about a person, before we know whether her organisation is one of ours. */
export interface LoginFacts extends User {
  readonly organisation: OrganisationName;
  readonly roles: readonly string[];
}

/** The login holds no usable facts; `claims` names the ones that are missing or malformed, not their values. */
export class LoginClaimsError extends Error {
  override readonly name = 'LoginClaimsError';
  constructor(readonly claims: readonly string[]) {
    super(`the login lacks usable claims: ${claims.join(', ')}`);
  }
}

const facts = z.object({
  organisation: OrganisationName,
  identifier: z.union([z.string(), z.number().int()]).transform(String).pipe(EmployeeIdentifier),
  name: z.string().trim().min(1).max(200),
  roleName: z.string().trim().min(1).max(100),
  // Some providers send one role as a plain string.
  roles: z.union([z.array(z.string().max(100)).max(50), z.string().transform((role) => [role])]).default([]),
});

/**
 * Reads the claims of a login (OIDC Core §5.1, under the names that the organisation's provider uses).
 * @throws LoginClaimsError
 */
export function readClaims(claims: Readonly<Record<string, unknown>>, { claims: names, acrLevels, means }: OidcSettings, now: Date): LoginFacts {
  const parsed = facts.safeParse(Object.fromEntries(Object.entries(names).map(([fact, claim]) => [fact, claims[claim]])));
  if (!parsed.success) throw new LoginClaimsError([...new Set(parsed.error.issues.map((issue) => names[issue.path[0] as keyof typeof names] ?? String(issue.path[0])))]);
  return { ...parsed.data, assuranceLevel: assuranceLevelOf(claims['acr'], acrLevels), authenticatedAt: authenticationTime(claims['auth_time'], now), means };
}

/** An `acr` that nobody mapped is worth no more than the lowest level (design D19). */
export function assuranceLevelOf(acr: unknown, levels: OidcSettings['acrLevels']): AssuranceLevel {
  return (typeof acr === 'string' && Object.hasOwn(levels, acr) ? levels[acr] : undefined) ?? 'low';
}

/** `auth_time` when the provider tells it (OIDC Core §2); a login that just happened, happened now. A time to come is not believed. */
function authenticationTime(authTime: unknown, now: Date): Date {
  return typeof authTime === 'number' && Number.isFinite(authTime) && authTime * 1000 <= now.getTime() ? new Date(authTime * 1000) : now;
}
