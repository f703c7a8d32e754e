import { endEnrolment, type Enrolment, enrolPatient } from '@anw/consent';
import { AuditLogTable, Database, EnrolmentTable, type OrganisationDirectory, PatientSearchTable, type Transaction } from '@anw/persistence';
import { CLOCK, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY } from '@anw/service-core';
import { type Clock, Did, OrganisationName, PatientHandle, PatientId } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { CUSTODIAN_CONFIG } from '../config.token.js';
import type { CustodianConfig } from '../config.js';
import { requireOrganisation } from './organisation-param.js';

const EnrolmentInput = z.strictObject({ patient: PatientId, regisseur: Did });
type EnrolmentInput = z.infer<typeof EnrolmentInput>;
const EnrolmentView = EnrolmentInput.extend({ id: z.uuid(), handle: PatientHandle, validFrom: z.iso.datetime(), validUntil: z.iso.datetime() });
type EnrolmentView = z.infer<typeof EnrolmentView>;
const params = z.object({ org: OrganisationName });

/** Which patients of one custodian organisation receive out-of-hours care through which regisseur (check 8). */
@Controller('operator/organisations/:org/enrolments')
export class EnrolmentsController {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CUSTODIAN_CONFIG) private readonly config: CustodianConfig,
  ) {}

  @Post()
  @Documented({ summary: 'Enrol a patient and mint her handle; repeating it answers the same', request: { params, body: EnrolmentInput }, responses: { 201: { description: 'The enrolment', schema: EnrolmentView } } })
  async enrol(@Param('org') org: string, @Body({ schema: EnrolmentInput }) { patient, regisseur }: EnrolmentInput): Promise<EnrolmentView> {
    const { id } = await requireOrganisation(this.directory, org);
    const enrolment = await this.database.withOrganisation(id, async (tx) => {
      if (!(await new PatientSearchTable(tx, this.config.patientSearch.key).isInCare(patient))) return undefined;
      const enrolled = await enrolPatient({ patient, regisseur }, { enrolments: new EnrolmentTable(tx), clock: this.clock, randomUuid: randomUUID });
      await this.log(tx, { patient, regisseur, query: `enrolment ${enrolled.id} holds` });
      return enrolled;
    });
    if (enrolment === undefined) throw new ProblemError('not-acceptable', { detail: 'This organisation has no such patient in care.' });
    return render(enrolment);
  }

  @Get()
  @Documented({ summary: 'All enrolments, ended ones included', request: { params }, responses: { 200: { description: 'Enrolments', schema: z.object({ entries: z.array(EnrolmentView) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly entries: readonly EnrolmentView[] }> {
    const { id } = await requireOrganisation(this.directory, org);
    const enrolments = await this.database.withOrganisation(id, (tx) => new EnrolmentTable(tx).listEnrolments());
    return { entries: enrolments.map(render) };
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'End an enrolment now; it stays visible', request: { params: params.extend({ id: z.uuid() }) }, responses: { 204: { description: 'Ended' }, 404: { description: 'No enrolment to end' } } })
  async end(@Param('org') org: string, @Param('id') id: string): Promise<void> {
    const organisation = await requireOrganisation(this.directory, org);
    if (!z.uuid().safeParse(id).success) throw new ProblemError('not-found');
    const ended = await this.database.withOrganisation(organisation.id, async (tx) => {
      const done = await endEnrolment(id, { enrolments: new EnrolmentTable(tx), clock: this.clock });
      if (done) await this.log(tx, { query: `enrolment ${id} ended` });
      return done;
    });
    if (!ended) throw new ProblemError('not-found');
  }

  private async log(tx: Transaction, more: { readonly patient?: PatientId; readonly regisseur?: Did; readonly query: string }): Promise<void> {
    await new AuditLogTable(tx).append({ id: randomUUID(), name: 'enrolment.changed', outcome: 'success', at: this.clock(), ...more });
  }
}

function render({ id, patient, regisseur, handle, period }: Enrolment): EnrolmentView {
  return { id, patient, regisseur, handle, validFrom: period.from.toISOString(), validUntil: period.until.toISOString() };
}
