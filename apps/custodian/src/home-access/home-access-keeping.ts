import type { Organisation } from '@anw/identity';
import { AuditLogTable, Database, HomeAccessTable, type KeptHomeAccess, type OrganisationDirectory, PatientSearchTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { ORGANISATION_DIRECTORY, ORGANISATION_SEALING } from '@anw/service-core';
import { type Clock, type EmployeeIdentifier, HomeAccessId, type PatientId } from '@anw/values';
import type { OrganisationSealing } from '@anw/veramo';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';

/** How to get into the homes of the patients of each organisation of this service. */
@Injectable()
export class HomeAccessKeeping {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(ORGANISATION_SEALING) private readonly sealing: OrganisationSealing,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {}

  over(tx: Transaction): HomeAccessTable {
    return new HomeAccessTable(tx, this.sealing(tx.organisation));
  }

  /** Keeps it, with a row in the log that does not say what it is. Undefined when the patient is not in care here. */
  async save({ id }: Pick<Organisation, 'id'>, patient: PatientId, description: string, by: EmployeeIdentifier | undefined): Promise<KeptHomeAccess | undefined> {
    return this.database.withOrganisation(id, async (tx) => {
      if (!(await new PatientSearchTable(tx, this.config.patientSearch.key).isInCare(patient))) return undefined;
      const kept = await this.over(tx).saveHomeAccess({ id: HomeAccessId.parse(randomUUID()), patient, description, at: this.clock() });
      await this.log(tx, kept, 'saved', by);
      return kept;
    });
  }

  list({ id }: Pick<Organisation, 'id'>): Promise<readonly KeptHomeAccess[]> {
    return this.database.withOrganisation(id, (tx) => this.over(tx).listHomeAccess());
  }

  /** From now on no authorization opens it. Answers false when there was none. */
  async remove({ id }: Pick<Organisation, 'id'>, patient: PatientId, by: EmployeeIdentifier | undefined): Promise<boolean> {
    return this.database.withOrganisation(id, async (tx) => {
      const store = this.over(tx);
      const kept = await store.findHomeAccess(patient);
      if (kept === undefined || !(await store.deleteHomeAccess(patient))) return false;
      await this.log(tx, kept, 'removed', by);
      return true;
    });
  }

  /** What a previous encryption key sealed is sealed anew, so that the previous one can go. */
  async reseal(): Promise<void> {
    for (const { id } of await this.directory.listOrganisations()) await this.database.withOrganisation(id, (tx) => this.over(tx).resealHomeAccess());
  }

  private log(tx: Transaction, { id, patient }: KeptHomeAccess, query: 'saved' | 'removed', by: EmployeeIdentifier | undefined): Promise<void> {
    const at = this.clock();
    return new AuditLogTable(tx).append({ id: randomUUID(), name: 'home-access.changed', outcome: 'success', at, practitioner: { identifier: by ?? 'operator' }, patient, query, resources: [`Location/${id}`] });
  }
}
