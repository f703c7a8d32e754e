import { EnrichedEvent, EnrichedMarkInput, EnrichedQuestion, EnrichedUnread, EnrichedView } from '@anw/api-contracts';
import type { Session, StaffUser } from '@anw/identity';
import { type Signal, SignalListener } from '@anw/persistence';
import { CurrentSession, CurrentUser, Documented, type EventStream, EventStreams, RequireRole, ServiceLogger } from '@anw/platform';
import type { OrganisationId } from '@anw/values';
import { Body, Controller, Get, HttpCode, Inject, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { toEnrichedView } from '../enriched/enriched-view.js';
import { EnrichedVisits } from '../enriched/enriched-visits.js';
import { DAY_TEAM_ROLES } from './custodian-roles.js';

/** What came in from out-of-hours care, for the day team of the logged-in person's organisation. */
@Controller('api/enriched')
@RequireRole(...DAY_TEAM_ROLES)
export class StaffEnrichedController {
  constructor(
    @Inject(EnrichedVisits) private readonly enriched: EnrichedVisits,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  @Get()
  @Documented({ summary: 'What nurses of other organisations wrote, visit by visit, newest first', request: { query: EnrichedQuestion }, responses: { 200: { description: 'A page of visits', schema: EnrichedView } } })
  async list(@CurrentUser() user: StaffUser, @Query({ schema: EnrichedQuestion }) question: EnrichedQuestion): Promise<EnrichedView> {
    return toEnrichedView(await this.enriched.readPage(user, question));
  }

  @Post('read')
  @HttpCode(200)
  @Documented({ summary: 'Mark these as read, for the whole team; repeating it changes nothing', request: { body: EnrichedMarkInput }, responses: { 200: { description: 'How many visits are left', schema: EnrichedUnread } } })
  async read(@CurrentUser() user: StaffUser, @Body({ schema: EnrichedMarkInput }) { items }: EnrichedMarkInput): Promise<EnrichedUnread> {
    return { unread: await this.enriched.markRead(user, items) };
  }

  @Post('unread')
  @HttpCode(200)
  @Documented({ summary: 'Mark these as not read after all', request: { body: EnrichedMarkInput }, responses: { 200: { description: 'How many visits are left', schema: EnrichedUnread } } })
  async unread(@CurrentUser() user: StaffUser, @Body({ schema: EnrichedMarkInput }) { items }: EnrichedMarkInput): Promise<EnrichedUnread> {
    return { unread: await this.enriched.markUnread(user, items) };
  }

  @Get('events')
  @Documented({ summary: 'Server-sent events: something came in, or was marked', responses: { 200: { description: 'Events named `enriched-changed`', schema: EnrichedEvent, contentType: 'text/event-stream' } } })
  listen(@CurrentSession() session: Session, @Req() request: FastifyRequest, @Res() reply: FastifyReply): void {
    const { organisationId } = session.user;
    const stream = this.streams.open(request, reply, session);
    // One after another, so that a page never sees an older count after a newer one.
    let last = this.tell(organisationId, stream);
    const hear = ({ organisation }: Signal): void => {
      if (organisation === organisationId) last = last.then(() => this.tell(organisationId, stream));
    };
    // A page whose stream ends connects again, and reads what it may have missed.
    const forget = this.signals.on('enrichment', hear, () => stream.end());
    void stream.ended.then(forget);
  }

  private async tell(organisation: OrganisationId, stream: EventStream): Promise<void> {
    try {
      const event: EnrichedEvent = { type: 'enriched-changed', unread: await this.enriched.countUnread(organisation) };
      stream.send({ event: event.type, data: event });
    } catch (error) {
      this.logger.unexpected(error);
      stream.end();
    }
  }
}
