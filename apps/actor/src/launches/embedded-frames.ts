import { FrameAncestors } from '@anw/platform';
import { OrganisationName } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { embeddedOrganisation } from './launch-url.js';
import { Launches } from './launches.js';

/** The documents below `/embedded/{org}` may be shown by that organisation's own care record systems, and all others by nobody. */
@Injectable()
export class EmbeddedFrames extends FrameAncestors {
  constructor(@Inject(Launches) private readonly launches: Launches) {
    super();
  }

  async originsFor(path: string): Promise<readonly string[]> {
    const organisation = OrganisationName.safeParse(embeddedOrganisation(path));
    return organisation.success ? this.launches.originsOf(organisation.data) : [];
  }
}
