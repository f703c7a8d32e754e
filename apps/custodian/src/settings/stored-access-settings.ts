import { type AccessSettings, describeSettingsChange, SettingsCache } from '@anw/authorization';
import type { Organisation } from '@anw/identity';
import { AccessSettingsTable, AuditLogTable, Database, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { AccessSettingsSource } from '@anw/service-core';
import { type Clock, type EmployeeIdentifier, OrganisationId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';

/** The settings that each custodian organisation keeps in the database; where it has set none, the defaults. */
@Injectable()
export class StoredAccessSettings extends AccessSettingsSource {
  private readonly cache: SettingsCache<AccessSettings>;

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {
    super();
    this.cache = new SettingsCache({ read: (id) => this.read(OrganisationId.parse(id)), clock });
  }

  /** As they were at most a second ago. */
  settingsOf({ id }: Pick<Organisation, 'id'>): Promise<AccessSettings> {
    return this.cache.settingsOf(id);
  }

  /**
   * Changes what holds now into what `next` makes of it, with a row in the log; here it holds at
   * once, in another replica within a second. Changes of one organisation wait for each other.
   */
  async change({ id }: Pick<Organisation, 'id'>, next: (current: AccessSettings, tx: Transaction) => AccessSettings | Promise<AccessSettings>, by: EmployeeIdentifier | undefined): Promise<void> {
    await this.database.withOrganisation(id, async (tx) => {
      const table = new AccessSettingsTable(tx);
      await table.holdSettings();
      const current = await table.settings();
      const settings = await next(current, tx);
      await table.saveSettings(settings, this.clock());
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'settings.changed', outcome: 'success', at: this.clock(), practitioner: { identifier: by ?? 'operator' }, query: describeSettingsChange(current, settings) });
    });
    this.cache.forget(id);
  }

  private read(id: OrganisationId): Promise<AccessSettings> {
    return this.database.withOrganisation(id, (tx) => new AccessSettingsTable(tx).settings());
  }
}
