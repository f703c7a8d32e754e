import type { Organisation } from '@anw/identity';
import type { OrganisationName } from '@anw/values';

/** The organisations whose people may log in here: those of this service. */
export abstract class StaffOrganisations {
  abstract findByName(name: OrganisationName): Promise<Pick<Organisation, 'id' | 'name' | 'displayName'> | undefined>;
}
