import { DeskEvent } from '@anw/api-contracts';
import type { Session } from '@anw/identity';
import { type Signal, type SignalChannel, SignalListener } from '@anw/persistence';
import { CLOCK, CurrentSession, Documented, type EventStream, EventStreams, RequireRole, ServiceLogger } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Handovers } from '../handovers/handovers.js';
import { type Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';
import { toHandoverView } from './handover-view.js';
import { toAuthorizationView, toCareRequestView } from './views.js';

/** What the desk's pages hear of, and on which channel that is signalled. */
const channels = { authorization_delivery: 'authorization', care_request: 'care-request', handover: 'handover' } as const satisfies Partial<Record<SignalChannel, DeskEvent['type']>>;

/** Tells the desk's pages how care requests, authorizations and handovers stand, as it happens; a page reads the list each time it has connected. */
@Controller('api/events')
@RequireRole(TRIAGIST_ROLE)
export class DeskEventsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(Handovers) private readonly handovers: Handovers,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Documented({ summary: 'Server-sent events: authorizations issued, received, opened, reported on, refused, revoked or ringing; care requests; handovers', responses: { 200: { description: 'Events named `authorization`, `care-request` and `handover`', schema: DeskEvent, contentType: 'text/event-stream' } } })
  async listen(@CurrentSession() session: Session, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const regisseur = await regisseurOfUser(session.user, this.regisseurs);
    const stream = this.streams.open(request, reply, session);
    // One after another, so that a page never sees an older state after a newer one.
    let last = Promise.resolve();
    const hear = (type: DeskEvent['type']) => ({ organisation, id }: Signal): void => {
      if (organisation !== regisseur.organisation.id) return;
      last = last.then(() => this.tell(regisseur, type, id, stream)).catch((error: unknown) => this.logger.unexpected(error));
    };
    // A page whose stream ends connects again, and reads what it may have missed.
    const forgets = Object.entries(channels).map(([channel, type]) => this.signals.on(channel as keyof typeof channels, hear(type), () => stream.end()));
    void stream.ended.then(() => forgets.forEach((forget) => forget()));
  }

  private async tell(regisseur: Regisseur, type: DeskEvent['type'], id: string, stream: EventStream): Promise<void> {
    const event = await this.eventOf(regisseur, type, id);
    if (event !== undefined) stream.send({ event: event.type, data: event });
  }

  private async eventOf(regisseur: Regisseur, type: DeskEvent['type'], id: string): Promise<DeskEvent | undefined> {
    switch (type) {
      case 'authorization': {
        const authorization = await regisseur.transaction(({ authorizations }) => authorizations.findAuthorization(id));
        return authorization && { type, authorization: toAuthorizationView(authorization, this.clock()) };
      }
      case 'care-request': {
        const careRequest = await regisseur.transaction(({ careRequests }) => careRequests.findCareRequest(id));
        return careRequest && { type, careRequest: toCareRequestView(careRequest) };
      }
      case 'handover': {
        const handover = await this.handovers.find(regisseur, id);
        return handover && { type, handover: toHandoverView(handover, this.clock()) };
      }
    }
  }
}
