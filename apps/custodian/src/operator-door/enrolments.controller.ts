import type { Entry } from '@anw/authorization';
import { UNTIL_ENDED } from '@anw/consent';
import type { OrganisationDirectory } from '@anw/persistence';
import { CurrentOperator, Documented, ProblemError } from '@anw/platform';
import { ORGANISATION_DIRECTORY, requireOrganisation } from '@anw/service-core';
import { Did, type EmployeeIdentifier, OrganisationName, PatientHandle, PatientId, type ValidityPeriod } from '@anw/values';
import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { Enrolments } from '../enrolments/enrolments.js';
import { entryId, entryMembers, refuseChange, renderEntry } from './entry-view.js';

const EnrolmentInput = z
  .strictObject({
    patient: PatientId,
    regisseur: Did,
    /** Left out together with `validUntil`: from now on. */
    validFrom: entryMembers.validFrom.optional(),
    /** Left out: until it is ended. */
    validUntil: entryMembers.validUntil.optional(),
  })
  .refine(({ validFrom, validUntil }) => validFrom !== undefined || validUntil === undefined, { message: 'validUntil needs a validFrom', path: ['validUntil'] });
type EnrolmentInput = z.infer<typeof EnrolmentInput>;
/** Only an enrolment that was approved has a handle. */
const EnrolmentView = z.strictObject({ patient: PatientId, regisseur: Did, handle: PatientHandle.optional(), ...entryMembers });
type EnrolmentView = z.infer<typeof EnrolmentView>;
const params = z.object({ org: OrganisationName });
const enrolmentParams = params.extend({ id: z.uuid() });

/** Which patients of one custodian organisation receive out-of-hours care through which regisseur (check 8). */
@Controller('operator/organisations/:org/enrolments')
export class EnrolmentsController {
  constructor(
    @Inject(ORGANISATION_DIRECTORY) private readonly directory: OrganisationDirectory,
    @Inject(Enrolments) private readonly enrolments: Enrolments,
  ) {}

  @Post()
  @Documented({
    summary: 'Enrol a patient, now or from a later day, and mint her handle; repeating it answers the same. Under four eyes it waits for approval; `X-Operator` says who asks',
    request: { params, body: EnrolmentInput },
    responses: { 201: { description: 'The enrolment', schema: EnrolmentView }, 422: { description: 'Not in care, the period does not fit, or four eyes need a name; `code` says which' } },
  })
  async enrol(@Param('org') org: string, @CurrentOperator() by: EmployeeIdentifier | undefined, @Body({ schema: EnrolmentInput }) input: EnrolmentInput): Promise<EnrolmentView> {
    const organisation = await requireOrganisation(this.directory, org);
    const { patient, regisseur } = input;
    const period = periodOf(input);
    return render(await this.enrolments.add(organisation, { patient, regisseur, ...(period && { period }) }, by).catch(refuseChange));
  }

  @Get()
  @Documented({ summary: 'All enrolments with their state, ended ones included', request: { params }, responses: { 200: { description: 'Enrolments, by start', schema: z.object({ entries: z.array(EnrolmentView) }) } } })
  async list(@Param('org') org: string): Promise<{ readonly entries: readonly EnrolmentView[] }> {
    return { entries: (await this.enrolments.list(await requireOrganisation(this.directory, org))).map(render) };
  }

  @Post(':id/approve')
  @HttpCode(200)
  @Documented({
    summary: 'Four eyes: approve a proposed enrolment; `X-Operator` names another operator than who proposed it',
    request: { params: enrolmentParams },
    responses: { 200: { description: 'The enrolment, which holds from now on', schema: EnrolmentView }, 404: { description: 'No enrolment waits for approval' }, 422: { description: 'The same operator, or the period no longer fits; `code` says which' } },
  })
  async approve(@Param('org') org: string, @Param('id') id: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<EnrolmentView> {
    const organisation = await requireOrganisation(this.directory, org);
    const approved = await this.enrolments.approve(organisation, entryId(id), by).catch(refuseChange);
    if (approved === undefined) throw new ProblemError('not-found');
    return render(approved);
  }

  @Delete(':id')
  @HttpCode(204)
  @Documented({ summary: 'End an enrolment now, or withdraw its proposal; it stays visible', request: { params: enrolmentParams }, responses: { 204: { description: 'Ended' }, 404: { description: 'No enrolment to end' } } })
  async end(@Param('org') org: string, @Param('id') id: string, @CurrentOperator() by: EmployeeIdentifier | undefined): Promise<void> {
    const organisation = await requireOrganisation(this.directory, org);
    if (!(await this.enrolments.end(organisation, entryId(id), by))) throw new ProblemError('not-found');
  }
}

function periodOf({ validFrom, validUntil }: EnrolmentInput): ValidityPeriod | undefined {
  return validFrom === undefined ? undefined : { from: new Date(validFrom), until: validUntil === undefined ? UNTIL_ENDED : new Date(validUntil) };
}

function render(enrolment: Entry<'enrolment'>): EnrolmentView {
  return { patient: enrolment.patient, regisseur: enrolment.regisseur, ...(enrolment.handle && { handle: enrolment.handle }), ...renderEntry(enrolment) };
}
