import { AllowlistQuestion, AllowlistRowInput, AllowlistView, AssuranceInput, AssuranceView, ChangesView, EndEntryInput, EnrolInput, EnrolmentsQuestion, EnrolmentsView, EnrolReport, PartnersView } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, ProblemError, RequireRole } from '@anw/platform';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Put, Query } from '@nestjs/common';
import { z } from 'zod';
import { EntryDesk } from '../entries/entry-desk.js';
import { AssuranceDesk } from '../settings/assurance-desk.js';
import { PartnerOverview } from '../settings/partner-overview.js';
import { APPLICATION_MANAGER_ROLE } from './custodian-roles.js';

const params = z.object({ id: z.uuid() });

/** What the application manager keeps for her own organisation, by the rules of the operator door. */
@Controller('api')
@RequireRole(APPLICATION_MANAGER_ROLE)
export class ManagerController {
  constructor(
    @Inject(EntryDesk) private readonly desk: EntryDesk,
    @Inject(PartnerOverview) private readonly partners: PartnerOverview,
    @Inject(AssuranceDesk) private readonly assurance: AssuranceDesk,
  ) {}

  @Get('allowlist')
  @Documented({ summary: 'Which regisseur may authorize which organisation: who decided that, when and why', request: { query: AllowlistQuestion }, responses: { 200: { description: 'A page of rows', schema: AllowlistView } } })
  async allowlist(@CurrentUser() user: StaffUser, @Query({ schema: AllowlistQuestion }) question: AllowlistQuestion): Promise<AllowlistView> {
    return this.desk.listAllowlist(user, question);
  }

  @Post('allowlist')
  @HttpCode(204)
  @Documented({ summary: 'Let a regisseur authorize an organisation, now or from a later day; under four eyes it waits', request: { body: AllowlistRowInput }, responses: { 204: { description: 'Done' }, 422: { description: 'The period does not fit' } } })
  async addRow(@CurrentUser() user: StaffUser, @Body({ schema: AllowlistRowInput }) input: AllowlistRowInput): Promise<void> {
    await this.desk.addRow(user, input);
  }

  @Post('allowlist/:id/approve')
  @HttpCode(204)
  @Documented({ summary: 'Four eyes: approve what somebody else proposed', request: { params }, responses: { 204: { description: 'Done' }, 404: { description: 'Nothing waits' }, 422: { description: 'The same person' } } })
  async approveRow(@CurrentUser() user: StaffUser, @Param('id') id: string): Promise<void> {
    await this.desk.approve(user, 'allowlist', entryId(id));
  }

  @Post('allowlist/:id/end')
  @HttpCode(204)
  @Documented({ summary: 'End a row now, or withdraw its proposal', request: { params, body: EndEntryInput }, responses: { 204: { description: 'Done' }, 404: { description: 'Nothing to end' } } })
  async endRow(@CurrentUser() user: StaffUser, @Param('id') id: string, @Body({ schema: EndEntryInput }) { reason }: EndEntryInput): Promise<void> {
    await this.desk.end(user, 'allowlist', entryId(id), reason);
  }

  @Get('enrolments')
  @Documented({ summary: 'Which client receives out-of-hours care through which regisseur', request: { query: EnrolmentsQuestion }, responses: { 200: { description: 'A page of enrolments', schema: EnrolmentsView } } })
  async enrolments(@CurrentUser() user: StaffUser, @Query({ schema: EnrolmentsQuestion }) question: EnrolmentsQuestion): Promise<EnrolmentsView> {
    return this.desk.listEnrolments(user, question);
  }

  @Post('enrolments')
  @HttpCode(200)
  @Documented({ summary: 'Enrol many clients at once, each by herself', request: { body: EnrolInput }, responses: { 200: { description: 'What became of each', schema: EnrolReport } } })
  async enrol(@CurrentUser() user: StaffUser, @Body({ schema: EnrolInput }) input: EnrolInput): Promise<EnrolReport> {
    return this.desk.enrol(user, input);
  }

  @Post('enrolments/:id/approve')
  @HttpCode(204)
  @Documented({ summary: 'Four eyes: approve what somebody else proposed', request: { params }, responses: { 204: { description: 'Done' }, 404: { description: 'Nothing waits' }, 422: { description: 'The same person' } } })
  async approveEnrolment(@CurrentUser() user: StaffUser, @Param('id') id: string): Promise<void> {
    await this.desk.approve(user, 'enrolments', entryId(id));
  }

  @Post('enrolments/:id/end')
  @HttpCode(204)
  @Documented({ summary: 'End an enrolment now, or withdraw its proposal', request: { params, body: EndEntryInput }, responses: { 204: { description: 'Done' }, 404: { description: 'Nothing to end' } } })
  async endEnrolment(@CurrentUser() user: StaffUser, @Param('id') id: string, @Body({ schema: EndEntryInput }) { reason }: EndEntryInput): Promise<void> {
    await this.desk.end(user, 'enrolments', entryId(id), reason);
  }

  @Get('changes')
  @Documented({ summary: 'What begins and ends by itself within a day, and for how many clients', responses: { 200: { description: 'Changes, the first first', schema: ChangesView } } })
  async changes(@CurrentUser() user: StaffUser): Promise<ChangesView> {
    return this.desk.changesTonight(user);
  }

  @Get('partners')
  @Documented({ summary: 'How each partner stands: last seen, certificate, status list, reachable, notifications that wait', responses: { 200: { description: 'Partners, by name', schema: PartnersView } } })
  async listPartners(@CurrentUser() user: StaffUser): Promise<PartnersView> {
    return this.partners.listPartners(user);
  }

  @Get('assurance')
  @Documented({ summary: 'How sure it must be who a nurse is', responses: { 200: { description: 'Levels', schema: AssuranceView } } })
  async readAssurance(@CurrentUser() user: StaffUser): Promise<AssuranceView> {
    return this.assurance.read(user);
  }

  @Put('assurance')
  @Documented({ summary: 'Ask another level of nurses; every other setting stays', request: { body: AssuranceInput }, responses: { 200: { description: 'Levels', schema: AssuranceView }, 409: { description: 'Somebody else changed it meanwhile; `current` is what holds now' } } })
  async changeAssurance(@CurrentUser() user: StaffUser, @Body({ schema: AssuranceInput }) input: AssuranceInput): Promise<AssuranceView> {
    return this.assurance.change(user, input);
  }
}

/** @throws ProblemError `not-found` */
function entryId(id: string): string {
  if (!z.uuid().safeParse(id).success) throw new ProblemError('not-found');
  return id;
}
