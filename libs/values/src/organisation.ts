import { z } from 'zod';

/** Key of an organisation within its service; equals the uuid in its did:web. Every table and every query carries it (design D2). */
export const OrganisationId = z.uuid().brand<'OrganisationId'>();
export type OrganisationId = z.infer<typeof OrganisationId>;

/** Short name of an organisation within its service, the `{org}` of its paths. */
export const OrganisationName = z.string().regex(/^[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?$/).brand<'OrganisationName'>();
export type OrganisationName = z.infer<typeof OrganisationName>;

/** Identifies an employee within one organisation, for example a personnel number. */
export const EmployeeIdentifier = z.string().trim().min(1).max(64).regex(/^\P{Cc}+$/u).brand<'EmployeeIdentifier'>();
export type EmployeeIdentifier = z.infer<typeof EmployeeIdentifier>;
