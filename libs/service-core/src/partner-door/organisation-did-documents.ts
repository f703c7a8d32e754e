import type { OrganisationIdentities } from '@anw/identity';
import type { OrganisationDirectory } from '@anw/persistence';
import { DidDocuments } from '@anw/platform';
import type { OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';

/** The DID documents of this service's organisations. */
@Injectable()
export class OrganisationDidDocuments extends DidDocuments {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
  ) {
    super();
  }

  async documentOf(id: OrganisationId): Promise<Readonly<Record<string, unknown>> | undefined> {
    const organisation = await this.directory.findById(id);
    return organisation && { ...(await this.identities.didDocumentOf(organisation)) };
  }
}
