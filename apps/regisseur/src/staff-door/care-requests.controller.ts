import { CareRequestInput, CareRequestList, CareRequestView, TriageInput } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, parseRequest, problemDetails, RequireRole } from '@anw/platform';
import { decideTriage, receiveCareRequest, TriageError } from '@anw/triage';
import type { Clock } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';
import { TriageProblems } from './triage-problems.js';
import { toCareRequestView } from './views.js';

const params = z.object({ id: z.uuid() });
const SHOWN = 200;

/** Care requests and their triage (design §2 step 1). */
@Controller('api/care-requests')
@RequireRole(TRIAGIST_ROLE)
@UseInterceptors(TriageProblems)
export class CareRequestsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Record a care request; repeating it changes nothing',
    request: { body: CareRequestInput },
    responses: { 201: { description: 'Recorded', schema: CareRequestView }, 409: { description: 'Another care request has that id', schema: problemDetails } },
  })
  async receive(@CurrentUser() user: StaffUser, @Body({ schema: CareRequestInput }) input: CareRequestInput): Promise<CareRequestView> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toCareRequestView(await regisseur.transaction(({ careRequests }) => receiveCareRequest(input, this.clock, careRequests)));
  }

  @Get()
  @Documented({ summary: 'Care requests, newest first', responses: { 200: { description: 'The last two hundred', schema: CareRequestList } } })
  async list(@CurrentUser() user: StaffUser): Promise<CareRequestList> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const careRequests = await regisseur.transaction(({ careRequests: store }) => store.listCareRequests(SHOWN));
    return { careRequests: careRequests.map(toCareRequestView) };
  }

  @Get(':id')
  @Documented({ summary: 'One care request', request: { params }, responses: { 200: { description: 'As it stands now', schema: CareRequestView }, 404: { description: 'No such care request', schema: problemDetails } } })
  async find(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<CareRequestView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    const careRequest = await regisseur.transaction(({ careRequests }) => careRequests.findCareRequest(id));
    if (careRequest === undefined) throw new TriageError('care-request-unknown');
    return toCareRequestView(careRequest);
  }

  @Post(':id/triage')
  @HttpCode(200)
  @Documented({
    summary: 'Record the outcome of triage',
    request: { params, body: TriageInput },
    responses: { 200: { description: 'Recorded', schema: CareRequestView }, 404: { description: 'No such care request', schema: problemDetails }, 409: { description: 'A visit is on its way', schema: problemDetails }, 422: { description: 'The answers do not fit the tree, or the outcome deviates from it without a reason; `code` says which', schema: problemDetails } },
  })
  async triage(@CurrentUser() user: StaffUser, @Param() path: unknown, @Body({ schema: TriageInput }) decision: TriageInput): Promise<CareRequestView> {
    const { id } = parseRequest(params, path);
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toCareRequestView(await regisseur.transaction((stores) => decideTriage(id, decision, user, this.clock, stores)));
  }
}
