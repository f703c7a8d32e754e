import type { Organisation } from '@anw/identity';
import type { OrganisationDirectory } from '@anw/persistence';
import { StaffOrganisations } from '@anw/platform';
import type { OrganisationName } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { ORGANISATION_DIRECTORY } from '../identity/identity-tokens.js';

/** People of this service's own organisations may log in at its staff door. */
@Injectable()
export class OwnStaffOrganisations extends StaffOrganisations {
  constructor(@Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory) {
    super();
  }

  findByName(name: OrganisationName): Promise<Organisation | undefined> {
    return this.directory.findByName(name);
  }
}
