import { addEnrolment, approveEnrolment, type ChangeEntriesPorts, endEnrolment, type EnrolmentStores, type EnrolmentToAdd, type Entry, listEnrolments, tellRegisseur } from '@anw/authorization';
import type { Organisation, OrganisationIdentities } from '@anw/identity';
import { OutboxRelay } from '@anw/notifications';
import { AuditLogTable, Database, EnrolmentTable, EntryHistoryTable, OutboxTable, PatientSearchTable, ProposalTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { AccessSettingsSource, ORGANISATION_IDENTITIES } from '@anw/service-core';
import type { Clock, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { type Changer, changerOf } from '../entries/changer.js';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';

/** The enrolments of each custodian organisation (check 8). */
@Injectable()
export class Enrolments {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {}

  /** @throws EntryError */
  async add(organisation: Organisation, enrolment: EnrolmentToAdd, by: Changer): Promise<Entry<'enrolment'>> {
    return addEnrolment(enrolment, await this.portsOf(organisation, by));
  }

  /** @throws EntryError */
  async approve(organisation: Organisation, id: string, by: Changer): Promise<Entry<'enrolment'> | undefined> {
    return approveEnrolment(id, await this.portsOf(organisation, by));
  }

  /** The regisseur is told, so that it takes back what it authorized for this patient. */
  async end(organisation: Organisation, id: string, by: Changer): Promise<boolean> {
    const signer = await this.identities.signerFor(organisation.did);
    const ended = await endEnrolment(id, await this.portsOf(organisation, by, async (tx) => {
      const enrolment = await new EnrolmentTable(tx).findEnrolmentById(id);
      if (enrolment !== undefined) await tellRegisseur(enrolment.regisseur, this.clock(), { signer, outbox: new OutboxTable(tx) });
    }));
    this.relay.kick();
    return ended;
  }

  async list(organisation: Organisation): Promise<readonly Entry<'enrolment'>[]> {
    return listEnrolments(await this.portsOf(organisation, undefined));
  }

  /** @param after in the same transaction as the change */
  private async portsOf(organisation: Organisation, by: Changer, after?: (tx: Transaction) => Promise<void>): Promise<ChangeEntriesPorts<EnrolmentStores>> {
    const { fourEyes } = await this.settings.settingsOf(organisation);
    return {
      ...changerOf(by),
      fourEyes,
      clock: this.clock,
      randomUuid: randomUUID,
      transaction: (work) =>
        this.database.withOrganisation(organisation.id, async (tx) => {
          const search = new PatientSearchTable(tx, this.config.patientSearch.key);
          const done = await work({ enrolments: new EnrolmentTable(tx), proposals: new ProposalTable(tx), history: new EntryHistoryTable(tx), audit: new AuditLogTable(tx), isInCare: (patient: PatientId) => search.isInCare(patient) });
          await after?.(tx);
          return done;
        }),
    };
  }
}
