import { addEnrolment, approveEnrolment, type ChangeEntriesPorts, endEnrolment, type EnrolmentStores, type EnrolmentToAdd, type Entry, listEnrolments } from '@anw/authorization';
import type { Organisation } from '@anw/identity';
import { AuditLogTable, Database, EnrolmentTable, PatientSearchTable, ProposalTable } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { AccessSettingsSource } from '@anw/service-core';
import type { Clock, EmployeeIdentifier, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';

/** The enrolments of each custodian organisation (check 8). */
@Injectable()
export class Enrolments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {}

  /** @throws EntryError */
  async add(organisation: Organisation, enrolment: EnrolmentToAdd, by: EmployeeIdentifier | undefined): Promise<Entry<'enrolment'>> {
    return addEnrolment(enrolment, await this.portsOf(organisation, by));
  }

  /** @throws EntryError */
  async approve(organisation: Organisation, id: string, by: EmployeeIdentifier | undefined): Promise<Entry<'enrolment'> | undefined> {
    return approveEnrolment(id, await this.portsOf(organisation, by));
  }

  async end(organisation: Organisation, id: string, by: EmployeeIdentifier | undefined): Promise<boolean> {
    return endEnrolment(id, await this.portsOf(organisation, by));
  }

  async list(organisation: Organisation): Promise<readonly Entry<'enrolment'>[]> {
    return listEnrolments(await this.portsOf(organisation, undefined));
  }

  private async portsOf(organisation: Organisation, by: EmployeeIdentifier | undefined): Promise<ChangeEntriesPorts<EnrolmentStores>> {
    const { fourEyes } = await this.settings.settingsOf(organisation);
    return {
      by,
      fourEyes,
      clock: this.clock,
      randomUuid: randomUUID,
      transaction: (work) =>
        this.database.withOrganisation(organisation.id, (tx) => {
          const search = new PatientSearchTable(tx, this.config.patientSearch.key);
          return work({ enrolments: new EnrolmentTable(tx), proposals: new ProposalTable(tx), audit: new AuditLogTable(tx), isInCare: (patient: PatientId) => search.isInCare(patient) });
        }),
    };
  }
}
