import { DraftDetail, DraftList, SendDraftInput, WriteInput } from '@anw/api-contracts';
import type { StaffUser } from '@anw/identity';
import { CLOCK, CurrentUser, Documented, ProblemError, RequireRole } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Body, Controller, Delete, Get, Header, HttpCode, Inject, Param, Post, Put } from '@nestjs/common';
import { z } from 'zod';
import { type DraftOfVisit, Drafts } from '../drafts/drafts.js';
import { toDraftDetail } from '../drafts/draft-views.js';
import { NURSE_ROLE } from './nurse-role.js';

const visitParams = z.object({ id: z.uuid() });
const params = visitParams.extend({ draft: z.uuid() });

const gone = { 403: { description: 'The authorization has not begun' }, 404: { description: 'Not on this nurse’s route (any more), or no such draft of hers' } };
const conflict = { 409: { description: 'It is on its way or in the record, or the id is used for something else' } };

/** What the nurse writes: saved as she writes it, sent when she says so, and shown to have arrived (design D18). */
@Controller('api/visits/:id/drafts')
@RequireRole(NURSE_ROLE)
export class DraftsController {
  constructor(
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'What the nurse wrote at a visit and where it stands, oldest first', request: { params: visitParams }, responses: { 200: { description: 'Her drafts', schema: DraftList }, ...gone } })
  async list(@Param('id') visit: string, @CurrentUser() user: StaffUser): Promise<DraftList> {
    return { drafts: (await this.drafts.list(visit, user)).map((draft) => this.view(draft)) };
  }

  @Get(':draft')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'One draft', request: { params }, responses: { 200: { description: 'The draft', schema: DraftDetail }, ...gone } })
  async find(@Param('id') visit: string, @Param('draft') id: string, @CurrentUser() user: StaffUser): Promise<DraftDetail> {
    return this.view(await this.drafts.find(visit, uuid(id), user));
  }

  @Put(':draft')
  @Header('cache-control', 'no-store')
  @Documented({ summary: 'Save a draft under a uuid of the page’s own; saving it again replaces what it says', request: { params, body: WriteInput }, responses: { 200: { description: 'The draft', schema: DraftDetail }, ...gone, ...conflict } })
  async save(@Param('id') visit: string, @Param('draft') id: string, @CurrentUser() user: StaffUser, @Body({ schema: WriteInput }) write: WriteInput): Promise<DraftDetail> {
    return this.view(await this.drafts.save(visit, uuid(id), write, user));
  }

  @Post(':draft/send')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @Documented({
    summary: 'Send a draft. The answer waits ten seconds for the custodian’s word; the draft is sent until there is one, once',
    request: { params, body: SendDraftInput },
    responses: { 200: { description: 'The draft: `accepted`, `refused`, or still `sending`', schema: DraftDetail }, 422: { description: 'Something in it is unusual (`toConfirm`) and she has not confirmed it' }, ...gone },
  })
  async send(@Param('id') visit: string, @Param('draft') id: string, @CurrentUser() user: StaffUser, @Body({ schema: SendDraftInput }) input: SendDraftInput): Promise<DraftDetail> {
    return this.view(await this.drafts.send(visit, uuid(id), user, input));
  }

  @Delete(':draft')
  @HttpCode(204)
  @Documented({ summary: 'Throw a draft away', request: { params }, responses: { 204: { description: 'It is not there (any more)' }, ...gone, ...conflict } })
  async discard(@Param('id') visit: string, @Param('draft') id: string, @CurrentUser() user: StaffUser): Promise<void> {
    await this.drafts.discard(visit, uuid(id), user);
  }

  private view({ draft, visit }: DraftOfVisit): DraftDetail {
    return toDraftDetail(draft, visit, this.clock());
  }
}

/** @throws ProblemError `not-found`: nothing is stored under any other name */
function uuid(text: string): string {
  const parsed = z.uuid().safeParse(text);
  if (!parsed.success) throw new ProblemError('not-found', { detail: 'Deze invoer is er niet.' });
  return parsed.data.toLowerCase();
}
