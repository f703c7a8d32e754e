import { HandoverInput, HandoverList, HandoverView } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, parseRequest, problemDetails, RequireRole } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, UseInterceptors } from '@nestjs/common';
import { z } from 'zod';
import { Handovers } from '../handovers/handovers.js';
import { Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE, triagistOf } from './desk-user.js';
import { toHandoverView } from './handover-view.js';
import { TriageProblems } from './triage-problems.js';

const params = z.object({ id: z.uuid() });

/** What one triagist leaves to the next. */
@Controller('api/handovers')
@RequireRole(TRIAGIST_ROLE)
@UseInterceptors(TriageProblems)
export class HandoversController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Handovers) private readonly handovers: Handovers,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post()
  @Documented({
    summary: 'Hand over everything that is open; repeating it changes nothing',
    request: { body: HandoverInput },
    responses: { 201: { description: 'Written', schema: HandoverView }, 409: { description: 'Another handover has that id', schema: problemDetails } },
  })
  async write(@CurrentUser() user: StaffUser, @Body({ schema: HandoverInput }) { id, remark, notes }: HandoverInput): Promise<HandoverView> {
    const regisseur = await regisseurOfUser(user, this.regisseurs);
    return toHandoverView(await this.handovers.write(regisseur, { id, notes, ...(remark !== undefined && { remark }) }, triagistOf(user)), this.clock());
  }

  @Get()
  @Documented({ summary: 'Handovers, newest first', responses: { 200: { description: 'The last twenty', schema: HandoverList } } })
  async list(@CurrentUser() user: StaffUser): Promise<HandoverList> {
    const shown = await this.handovers.list(await regisseurOfUser(user, this.regisseurs));
    return { handovers: shown.map((handover) => toHandoverView(handover, this.clock())) };
  }

  @Post(':id/accept')
  @HttpCode(200)
  @Documented({
    summary: 'Take a handover over; the first who does is the one',
    request: { params },
    responses: { 200: { description: 'Taken over', schema: HandoverView }, 404: { description: 'No such handover', schema: problemDetails }, 422: { description: 'You wrote it yourself', schema: problemDetails } },
  })
  async accept(@CurrentUser() user: StaffUser, @Param() path: unknown): Promise<HandoverView> {
    const { id } = parseRequest(params, path);
    return toHandoverView(await this.handovers.accept(await regisseurOfUser(user, this.regisseurs), id, triagistOf(user)), this.clock());
  }
}
