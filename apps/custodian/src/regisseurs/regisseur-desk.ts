import { delegationInForce, type DelegationIssuer, precheck } from '@anw/authorization';
import type { PatientQuery } from '@anw/fhir';
import type { Organisation, OrganisationIdentities } from '@anw/identity';
import { AllowlistTable, AuditLogTable, CredentialStatusTable, Database, EnrolmentTable, PatientSearchTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import { AccessSettingsSource, ORGANISATION_IDENTITIES, PARTNER_URL, type AdmittedPartner } from '@anw/service-core';
import { ANW_PURPOSE_OF_USE, type Clock, contains, type Did, type PatientHandle } from '@anw/values';
import type { FoundPatients, PartnerAllowlist, PartnerPrecheckResult } from '@anw/api-contracts';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';

/** What a custodian tells a regisseur that it trusts: its own rows, its own enrolled patients, whether a token would be granted (design §6). */
@Injectable()
export class RegisseurDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_IDENTITIES) private readonly identities: OrganisationIdentities,
    @Inject(PARTNER_URL) private readonly door: string,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {}

  /** The asking regisseur's own rows that are not over, with the delegation in force (design D11). Undefined when it has none. */
  async allowlistOf({ organisation, client }: AdmittedPartner): Promise<PartnerAllowlist | undefined> {
    const now = this.clock();
    const issuer = await this.delegationIssuer(organisation);
    return this.database.withOrganisation(organisation.id, async (tx) => {
      const allowlist = new AllowlistTable(tx);
      const rows = (await allowlist.listRowsOf(client)).filter(({ period }) => now < period.until);
      const delegation = await delegationInForce(client, now, issuer, { allowlist, register: new CredentialStatusTable(tx) });
      await this.log(tx, 'allowlist.read', client, { outcome: delegation === undefined ? 'minor-failure' : 'success' });
      if (delegation === undefined) return undefined;
      const entries = rows.map(({ actor, period }) => ({ actor, purposeOfUse: ANW_PURPOSE_OF_USE, validFrom: period.from.toISOString(), validUntil: period.until.toISOString() }));
      return { regisseur: client, entries, delegation: delegation.jwt };
    });
  }

  /** Patients in care who are enrolled through the asking regisseur, and no others: minimal fields and her handle (design D7). */
  async searchPatients({ organisation, client }: AdmittedPartner, query: PatientQuery): Promise<FoundPatients> {
    const now = this.clock();
    return this.database.withOrganisation(organisation.id, async (tx) => {
      const enrolments = new EnrolmentTable(tx);
      const patients: FoundPatients['patients'] = [];
      for (const { id, name, birthDate } of await new PatientSearchTable(tx, this.config.patientSearch.key).findPatients(query)) {
        const enrolment = await enrolments.findEnrolment(id, client, now);
        if (enrolment === undefined) continue;
        patients.push({ handle: enrolment.handle, name, birthDate });
        await this.log(tx, 'patient.searched', client, { patient: id, query: 'bsn' in query ? 'by BSN' : 'by family name and birth date' });
      }
      if (patients.length === 0) await this.log(tx, 'patient.searched', client, { query: 'nothing found' });
      return { patients };
    });
  }

  /** Checks 7 and 8 by the functions of the token endpoint: green means that a token would be granted (design §5). */
  async precheck({ organisation, client }: AdmittedPartner, actor: Did, handle: PatientHandle): Promise<PartnerPrecheckResult> {
    const now = this.clock();
    return this.database.withOrganisation(organisation.id, async (tx) => {
      const enrolments = new EnrolmentTable(tx);
      const search = new PatientSearchTable(tx, this.config.patientSearch.key);
      const patients = { findByHandle: (asked: PatientHandle) => enrolments.findByHandle(asked), isInCare: search.isInCare.bind(search) };
      const question = { custodian: organisation.did, regisseur: client, actor, handle, now };
      const decision = await precheck(question, { allowlist: new AllowlistTable(tx), patients });
      const enrolment = await enrolments.findByHandle(handle);
      const known = enrolment !== undefined && enrolment.regisseur === client && contains(enrolment.period, now) ? { patient: enrolment.patient } : {};
      await this.log(tx, 'precheck.answered', client, { ...known, actor, outcome: decision.granted ? 'success' : 'serious-failure', reason: decision.firstDenial?.reason });
      return decision.granted ? { allowed: true } : { allowed: false, reason: 'not-allowed' };
    });
  }

  async delegationIssuer(organisation: Organisation): Promise<DelegationIssuer> {
    const { maxAuthorizationSeconds } = await this.settings.settingsOf(organisation);
    return { signer: await this.identities.signerFor(organisation.did), statusLists: { door: this.door, uuid: organisation.id }, maxAuthorizationSeconds, randomUuid: randomUUID };
  }

  private async log(tx: Transaction, name: 'allowlist.read' | 'patient.searched' | 'precheck.answered', regisseur: Did, more: Partial<Parameters<AuditLogTable['append']>[0]>): Promise<void> {
    await new AuditLogTable(tx).append({ id: randomUUID(), name, outcome: 'success', at: this.clock(), regisseur, ...more });
  }
}
