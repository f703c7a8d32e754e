import { Database, type OrganisationDirectory } from '@anw/persistence';
import { KEY_ENCRYPTION, ORGANISATION_DIRECTORY } from '@anw/service-core';
import { createDraftKeys, type KeyEncryption } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';

/** Keeps the keys of drafts under the current encryption key, so that a previous one can go. */
@Injectable()
export class DraftKeyCare {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(KEY_ENCRYPTION) private readonly encryption: KeyEncryption,
  ) {}

  /** @throws KeyEncryptionError when a key was sealed with an encryption key that is not configured */
  async resealKeys(): Promise<void> {
    for (const { id } of await this.directory.listOrganisations()) await this.database.withOrganisation(id, (tx) => createDraftKeys(tx, this.encryption).resealKeys());
  }
}
