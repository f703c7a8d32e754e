import { assuranceLevels, type StaffUser } from '@anw/identity';
import { EmployeeIdentifier, type OrganisationId, OrganisationName } from '@anw/values';
import { z } from 'zod';

/** Somebody who is or was logged in, as JSON holds her; her organisation is that of the row. */
export const StoredStaffUser = z.object({
  identifier: EmployeeIdentifier,
  name: z.string(),
  roleName: z.string(),
  roles: z.array(z.string()),
  assuranceLevel: z.enum(assuranceLevels),
  authenticatedAt: z.iso.datetime().transform((text) => new Date(text)),
  means: z.string(),
  organisation: OrganisationName,
});

export function toStoredStaffUser({ identifier, name, roleName, roles, assuranceLevel, authenticatedAt, means, organisation }: StaffUser): z.input<typeof StoredStaffUser> {
  return { identifier, name, roleName, roles: [...roles], assuranceLevel, authenticatedAt: authenticatedAt.toISOString(), means, organisation };
}

export function readStoredStaffUser(json: unknown, organisationId: OrganisationId): StaffUser {
  return { ...StoredStaffUser.parse(json), organisationId };
}
