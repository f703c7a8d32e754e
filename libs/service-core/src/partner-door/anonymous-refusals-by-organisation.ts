import { type AnonymousRefusals, createAnonymousRefusals } from '@anw/authorization';
import type { OrganisationId } from '@anw/values';
import { Injectable } from '@nestjs/common';

/** One bound for each organisation of this process, over both of its endpoints: a flood at one organisation costs no other its records. */
@Injectable()
export class AnonymousRefusalsByOrganisation {
  private readonly kept = new Map<OrganisationId, AnonymousRefusals>();

  /** @param organisation one that this service hosts, of which there are a bounded number */
  of(organisation: OrganisationId): AnonymousRefusals {
    const known = this.kept.get(organisation);
    if (known !== undefined) return known;
    const made = createAnonymousRefusals();
    this.kept.set(organisation, made);
    return made;
  }
}
