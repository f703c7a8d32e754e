/** `OrganisationIdentities` of `@anw/identity`: makes and keeps DIDs and keys, and signs for our organisations. */
export const ORGANISATION_IDENTITIES = Symbol('OrganisationIdentities');
/** `OrganisationDirectory` of `@anw/persistence` */
export const ORGANISATION_DIRECTORY = Symbol('OrganisationDirectory');
/** `OrganisationSealing` of `@anw/veramo`: secrets of organisations at rest. */
export const ORGANISATION_SEALING = Symbol('OrganisationSealing');
