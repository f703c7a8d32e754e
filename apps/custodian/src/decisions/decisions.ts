import type { DecisionExplanation } from '@anw/api-contracts';
import type { AuditEvent } from '@anw/audit';
import { patientCard } from '@anw/fhir';
import type { StaffUser } from '@anw/identity';
import { AuditLogTable, AuditTrailTable, Database, DecisionTable, FhirResourceTable, OrganisationNameTable, type Transaction } from '@anw/persistence';
import { CLOCK } from '@anw/platform';
import type { Clock, PatientId } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { explainDecision } from './explain-decision.js';
import { tellDecision } from './tell-decision.js';

/** Rows of one reference: the decision's own, and of who looked it up before. */
const ROWS_OF_REFERENCE = 100;

/** Decisions of her own organisation, for people of it; that she looked is in the log. */
@Injectable()
export class Decisions {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Undefined when this organisation has none by that reference, whoever else may have; also that look is logged. */
  async explain({ organisationId, identifier, name, roleName }: StaffUser, reference: string): Promise<DecisionExplanation | undefined> {
    return this.database.withOrganisation(organisationId, async (tx) => {
      const decisions = new DecisionTable(tx);
      const record = await decisions.findDecision(reference);
      const event = record && (await this.findEvent(tx, reference));
      await new AuditLogTable(tx).append({ id: randomUUID(), name: 'decision.read', outcome: 'success', at: this.clock(), practitioner: { identifier, name, roleName }, reference, ...(event?.patient && { patient: event.patient }) });
      if (record === undefined) return undefined;
      const grant = record.tokenDecision === undefined ? undefined : await decisions.findDecision(record.tokenDecision);
      const names = await new OrganisationNameTable(tx).listNames();
      const patientName = event?.patient && (await this.nameOfPatient(tx, event.patient));
      return tellDecision(explainDecision(record, grant), { ...(event && { event }), ...(patientName !== undefined && { patientName }), nameOf: (did) => names.get(did) });
    });
  }

  /** The log's own row of the decision, which knows who it was and of whom. */
  private async findEvent(tx: Transaction, reference: string): Promise<AuditEvent | undefined> {
    const rows = await new AuditTrailTable(tx).listEvents({ reference, limit: ROWS_OF_REFERENCE });
    return rows.findLast(({ name }) => name !== 'decision.read');
  }

  private async nameOfPatient(tx: Transaction, patient: PatientId): Promise<string | undefined> {
    const stored = await new FhirResourceTable(tx, { clock: this.clock, newId: randomUUID }).readPatient(patient);
    return stored && patientCard(stored.resource).name;
  }
}
