import { HomeAccessInput, HomeAccessReasons, HomeAccessView } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, RequireRole } from '@anw/platform';
import { type Clock, homeAccessReasons, printHomeAccessReason } from '@anw/values';
import { Body, Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { HomeAccessLooks } from '../home-access/home-access-looks.js';
import { Visits } from '../visits/visits.js';
import { toCustodianProblem } from './custodian-problems.js';
import { NURSE_ROLE } from './nurse-role.js';

/** Long enough to open a key safe; then the page forgets it. */
const VISIBLE_MILLISECONDS = 60_000;

/** How to get into a patient's home: an act of its own, for a reason, for a minute (spec anw-fhir-profiles §3.7). */
@Controller('api')
@RequireRole(NURSE_ROLE)
export class HomeAccessController {
  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(HomeAccessLooks) private readonly looks: HomeAccessLooks,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('home-access-reasons')
  @Documented({ summary: 'The reasons for which home access can be seen, in Dutch', responses: { 200: { description: 'To choose from', schema: HomeAccessReasons } } })
  reasons(): HomeAccessReasons {
    return { reasons: homeAccessReasons.map((reason) => ({ reason, label: printHomeAccessReason(reason) })) };
  }

  @Post('visits/:id/home-access')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'See how to get into the home, for a reason; it is logged here and at the custodian, and kept nowhere',
    request: { params: z.object({ id: z.uuid() }), body: HomeAccessInput },
    responses: {
      200: { description: 'The custodian’s words, and until when the page may show them', schema: HomeAccessView },
      403: { description: 'Not handed along with this visit, or the custodian refused' },
      404: { description: 'Not on this nurse’s route (any more)' },
      429: { description: 'Seen too often in this hour' },
      502: { description: 'The custodian does not answer' },
    },
  })
  async reveal(@Param('id') id: string, @CurrentUser() user: StaffUser, @Body({ schema: HomeAccessInput }) { reason }: HomeAccessInput): Promise<HomeAccessView> {
    const errand = await this.visits.errandFor(id, user);
    const description = await this.looks.look(errand, reason).catch((error: unknown) => {
      throw toCustodianProblem(error);
    });
    return { description, visibleUntil: new Date(this.clock().getTime() + VISIBLE_MILLISECONDS).toISOString() };
  }
}
