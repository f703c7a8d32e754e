import { UndeliveredList } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CurrentUser, Documented, ProblemError, RequireRole } from '@anw/platform';
import { Controller, Get, Header, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { z } from 'zod';
import { toUndeliveredView } from '../drafts/draft-views.js';
import { UndeliveredDrafts } from '../drafts/undelivered-drafts.js';
import { NURSE_ROLE } from './nurse-role.js';

/** What the nurse wrote that was in no record when its authorization ended: hers to know, since its visit has left her route. */
@Controller('api/undelivered')
@RequireRole(NURSE_ROLE)
export class UndeliveredController {
  constructor(@Inject(UndeliveredDrafts) private readonly undelivered: UndeliveredDrafts) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'What she wrote and did not arrive, until she has seen it; newest first', responses: { 200: { description: 'What, of whom and when; not what it said', schema: UndeliveredList } } })
  async list(@CurrentUser() user: StaffUser): Promise<UndeliveredList> {
    return { undelivered: (await this.undelivered.listUnseen(user)).map(toUndeliveredView) };
  }

  @Post(':id/seen')
  @HttpCode(204)
  @Documented({ summary: 'She has seen that it did not arrive: whose client it was is forgotten', request: { params: z.object({ id: z.uuid() }) }, responses: { 204: { description: 'Seen' }, 404: { description: 'Nothing of hers under that id' } } })
  async see(@Param('id') id: string, @CurrentUser() user: StaffUser): Promise<void> {
    if (!z.uuid().safeParse(id).success || !(await this.undelivered.markSeen(id, user))) throw new ProblemError('not-found');
  }
}
