import { SettingsCache } from '@anw/authorization';
import { type FhirSource, KnownSource, type SourceSettings } from '@anw/fhir';
import { checkSource, SourceSystemError } from '@anw/fhir-client';
import type { Organisation } from '@anw/identity';
import { AuditLogTable, Database, FhirSourceSettingTable, type OrganisationDirectory, type SealedText, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { ORGANISATION_DIRECTORY, ORGANISATION_SEALING } from '@anw/service-core';
import { type Clock, type EmployeeIdentifier, OrganisationId } from '@anw/values';
import type { OrganisationSealing } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';
import { connectSource } from './connect-source.js';
import { OpenSources } from './open-sources.js';

/** A server that was named as an organisation's source and is not fit for it; the message is for the operator and holds no secret. */
export class UnfitSourceError extends Error {
  override readonly name = 'UnfitSourceError';
}

/** Binds sealed settings to what they are: kept as another secret they do not open. */
const SEAL_CONTEXT = 'fhir-source';

/** Where each organisation's record lies: in our own store, or in a FHIR server of its own (design D14). */
@Injectable()
export class CustodianSources {
  private readonly cache: SettingsCache<KnownSource | undefined>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_SEALING) private readonly sealing: OrganisationSealing,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
    @Inject(OpenSources) private readonly open: OpenSources,
  ) {
    this.cache = new SettingsCache({ read: (id) => this.read(OrganisationId.parse(id)), clock });
  }

  /** The settings of a server of its own, as they were at most a second ago; `undefined` when the record lies in our own store. */
  settingsOf({ id }: Pick<Organisation, 'id'>): Promise<KnownSource | undefined> {
    return this.cache.settingsOf(id);
  }

  /** `undefined` when the record lies in our own store. */
  async sourceOf(organisation: Pick<Organisation, 'id' | 'name'>): Promise<FhirSource | undefined> {
    const settings = await this.settingsOf(organisation);
    return settings && this.open.sourceOf(organisation, settings);
  }

  /** Names a server as the source, once it has shown that it is fit for it. @throws UnfitSourceError */
  async change({ id }: Pick<Organisation, 'id'>, settings: SourceSettings, by: EmployeeIdentifier | undefined): Promise<KnownSource> {
    const known = await this.check(settings);
    await this.database.withOrganisation(id, async (tx) => {
      await new FhirSourceSettingTable(tx).saveSource(this.seal(id, known), this.clock());
      await this.log(tx, by, `source: ${known.base}`);
    });
    this.cache.forget(id);
    return known;
  }

  /** From now on the record lies in our own store again. */
  async remove({ id }: Pick<Organisation, 'id'>, by: EmployeeIdentifier | undefined): Promise<void> {
    await this.database.withOrganisation(id, async (tx) => {
      if (await new FhirSourceSettingTable(tx).deleteSource()) await this.log(tx, by, 'source: own store');
    });
    this.cache.forget(id);
  }

  /** Asks the server what it is. @throws UnfitSourceError */
  async check(settings: SourceSettings): Promise<KnownSource> {
    const { connection, outbound } = connectSource(settings, this.config.sources);
    try {
      const found = await checkSource(connection, settings.timeoutMilliseconds);
      if (!found.suitable) throw new UnfitSourceError(found.detail);
      return { ...settings, create: found.create };
    } catch (error) {
      if (error instanceof SourceSystemError) throw new UnfitSourceError(`/metadata of the server cannot be read: ${error.fault}.`, { cause: error });
      throw error;
    } finally {
      await outbound.close();
    }
  }

  /** Seals with the current encryption key what a previous one still holds. @throws KeyEncryptionError when one cannot be opened */
  async resealSources(): Promise<void> {
    for (const { id } of await this.directory.listOrganisations()) {
      await this.database.withOrganisation(id, async (tx) => {
        const table = new FhirSourceSettingTable(tx);
        const kept = await table.findSource();
        if (kept === undefined) return;
        const settings = this.unseal(id, kept);
        if (this.sealing(id).isOutdated(kept)) await table.saveSource(this.seal(id, settings), this.clock());
      });
    }
  }

  private async read(id: OrganisationId): Promise<KnownSource | undefined> {
    const kept = await this.database.withOrganisation(id, (tx) => new FhirSourceSettingTable(tx).findSource());
    return kept && this.unseal(id, kept);
  }

  private seal(id: OrganisationId, settings: KnownSource): SealedText {
    return this.sealing(id).seal(JSON.stringify(settings), SEAL_CONTEXT);
  }

  private unseal(id: OrganisationId, sealed: SealedText): KnownSource {
    return KnownSource.parse(JSON.parse(this.sealing(id).open(sealed, SEAL_CONTEXT)));
  }

  private async log(tx: Transaction, by: EmployeeIdentifier | undefined, query: string): Promise<void> {
    await new AuditLogTable(tx).append({ id: randomUUID(), name: 'settings.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, query });
  }
}
