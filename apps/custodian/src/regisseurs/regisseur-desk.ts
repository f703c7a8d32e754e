import { delegationInForce, precheck } from '@anw/authorization';
import type { PatientQuery } from '@anw/fhir';
import { AllowlistTable, AuditLogTable, CredentialStatusTable, Database, EnrolmentTable, PatientSearchCountTable, PatientSearchTable, type Transaction } from '@anw/persistence';
import { CLOCK, ProblemError } from '@anw/platform';
import { AccessSettingsSource, type AdmittedPartner } from '@anw/service-core';
import { ANW_PURPOSE_OF_USE, type Clock, contains, type Did, PatientId } from '@anw/values';
import type { FoundPatients, PartnerAllowlist, PartnerPrecheckInput, PartnerPrecheckResult } from '@anw/api-contracts';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Allowlists } from '../allowlist/allowlists.js';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';
import { HomeAccessKeeping } from '../home-access/home-access-keeping.js';

/** No patient has it. */
const NOBODY = PatientId.parse('nobody');

/** What a custodian tells a regisseur that it trusts: its own rows, its own enrolled patients, whether a token would be granted (design §6). */
@Injectable()
export class RegisseurDesk {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(Allowlists) private readonly allowlists: Allowlists,
    @Inject(AccessSettingsSource) private readonly settings: AccessSettingsSource,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
    @Inject(HomeAccessKeeping) private readonly homeAccess: HomeAccessKeeping,
  ) {}

  /** The asking regisseur's own rows that are not over, with the delegation in force (design D11). Undefined when it has none. */
  async allowlistOf({ organisation, client }: AdmittedPartner): Promise<PartnerAllowlist | undefined> {
    const now = this.clock();
    const issuer = await this.allowlists.delegationIssuer(organisation);
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

  /**
   * Patients in care who are enrolled through the asking regisseur, and no others: minimal fields and her handle (design
   * D7). Who is somebody else's patient, or nobody's, is not there: one empty answer for both.
   * @throws ProblemError `too-many-requests`
   */
  async searchPatients(partner: AdmittedPartner, query: PatientQuery): Promise<FoundPatients> {
    await this.admitSearch(partner);
    const { organisation, client } = partner;
    const now = this.clock();
    return this.database.withOrganisation(organisation.id, async (tx) => {
      const enrolments = new EnrolmentTable(tx);
      const patients: FoundPatients['patients'] = [];
      const found = await new PatientSearchTable(tx, this.config.patientSearch.key).findPatients(query);
      // One more look for nobody: how long the answer takes does not tell whether somebody is in care who is not enrolled.
      if (found.length === 0) await enrolments.findEnrolment(NOBODY, client, now);
      for (const { id, ...card } of found) {
        const enrolment = await enrolments.findEnrolment(id, client, now);
        if (enrolment === undefined) continue;
        patients.push({ handle: enrolment.handle, ...card });
        await this.log(tx, 'patient.searched', client, { patient: id, query: 'bsn' in query ? 'by BSN' : 'by family name and birth date' });
      }
      if (patients.length === 0) await this.log(tx, 'patient.searched', client, { query: 'nothing found' });
      return { patients };
    });
  }

  /**
   * Checks 7 and 8 by the functions of the token endpoint: green means that a token would be granted (design §5). Then, and
   * only then, it tells whether a home access can be handed along, by an id that says nothing.
   */
  async precheck({ organisation, client }: AdmittedPartner, { actor, handle, delegation }: PartnerPrecheckInput): Promise<PartnerPrecheckResult> {
    const now = this.clock();
    const { maxAuthorizationSeconds } = await this.settings.settingsOf(organisation);
    return this.database.withOrganisation(organisation.id, async (tx) => {
      const enrolments = new EnrolmentTable(tx);
      const search = new PatientSearchTable(tx, this.config.patientSearch.key);
      const patients = { findByHandle: enrolments.findByHandle.bind(enrolments), isInCare: search.isInCare.bind(search) };
      const question = { custodian: organisation.did, regisseur: client, actor, handle, maxAuthorizationSeconds, now, ...(delegation && { delegation }) };
      const decision = await precheck(question, { allowlist: new AllowlistTable(tx), patients });
      const enrolment = await enrolments.findByHandle(handle);
      const known = enrolment !== undefined && enrolment.regisseur === client && contains(enrolment.period, now) ? { patient: enrolment.patient } : {};
      await this.log(tx, 'precheck.answered', client, { ...known, actor, outcome: decision.granted ? 'success' : 'serious-failure', reason: decision.firstDenial?.reason });
      if (!decision.granted || enrolment === undefined) return { allowed: false, reason: 'not-allowed' };
      const homeAccess = await this.homeAccess.over(tx).findHomeAccess(enrolment.patient);
      return { allowed: true, ...(homeAccess && { homeAccess: homeAccess.id }) };
    });
  }

  /** Counts the search whatever comes of it; one beyond the limit is in the log too. @throws ProblemError `too-many-requests` */
  private async admitSearch({ organisation, client }: AdmittedPartner): Promise<void> {
    const { patientSearchesPerMinute } = await this.settings.settingsOf(organisation);
    const secondsLeft = await this.database.withOrganisation(organisation.id, async (tx) => {
      const counted = await new PatientSearchCountTable(tx).countSearch(client);
      if (counted.searches <= patientSearchesPerMinute) return undefined;
      await this.log(tx, 'patient.searched', client, { outcome: 'serious-failure', reason: 'too-many-searches' });
      return counted.secondsLeft;
    });
    if (secondsLeft !== undefined) throw new ProblemError('too-many-requests', { retryAfterSeconds: secondsLeft });
  }

  private async log(tx: Transaction, name: 'allowlist.read' | 'patient.searched' | 'precheck.answered', regisseur: Did, more: Partial<Parameters<AuditLogTable['append']>[0]>): Promise<void> {
    await new AuditLogTable(tx).append({ id: randomUUID(), name, outcome: 'success', at: this.clock(), regisseur, ...more });
  }
}
