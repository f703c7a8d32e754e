import type { EmployeeIdentifier } from '@anw/values';

/** How sure we are that a person is who the login says, lowest first (spec nuts-protocols §5). */
export const assuranceLevels = ['low', 'substantial', 'high'] as const;
export type AssuranceLevel = (typeof assuranceLevels)[number];

export function meetsAssuranceLevel(level: AssuranceLevel, minimum: AssuranceLevel): boolean {
  return assuranceLevels.indexOf(level) >= assuranceLevels.indexOf(minimum);
}

/** A natural person as her own organisation's login vouches for her (design D19). */
export interface User {
  readonly identifier: EmployeeIdentifier;
  readonly name: string;
  readonly roleName: string;
  readonly assuranceLevel: AssuranceLevel;
  readonly authenticatedAt: Date;
  /** The means she logged in with, for example `employer-oidc`. */
  readonly means: string;
}
