import { issueStatusList, statusListUrl } from '@anw/credentials';
import type { Signers } from '@anw/identity';
import { CredentialStatusTable, Database, type OrganisationDirectory } from '@anw/persistence';
import { CLOCK, type StatusListKind, StatusLists } from '@anw/platform';
import { type Clock, DidUrl, type OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

import { ORGANISATION_DIRECTORY, ORGANISATION_IDENTITIES } from '../identity/identity-tokens.js';
import { PARTNER_URL } from './partner-url.js';

/** The status lists of this service's organisations, signed anew at each request from the bits as they are now. */
@Injectable()
export class OrganisationStatusLists extends StatusLists {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_IDENTITIES) private readonly signers: Signers,
    @Inject(PARTNER_URL) private readonly door: string,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
  }

  async listOf(id: OrganisationId, page: number, form: StatusListKind): Promise<string | undefined> {
    const organisation = await this.directory.findById(id);
    if (organisation === undefined) return undefined;
    const bits = await this.database.withOrganisation(id, (tx) => new CredentialStatusTable(tx).bitsOf(page));
    if (bits === undefined) return undefined;
    const signer = await this.signers.signerFor(organisation.did);
    const url = statusListUrl(form, { door: this.door, uuid: id }, page);
    return issueStatusList(signer, { form, url, id: DidUrl.parse(`${organisation.did}#${randomUUID()}`), bits, now: this.clock() });
  }
}
