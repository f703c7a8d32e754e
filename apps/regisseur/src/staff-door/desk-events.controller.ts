import { DeskEvent } from '@anw/api-contracts';
import type { Session } from '@anw/identity';
import { type Signal, SignalListener } from '@anw/persistence';
import { CLOCK, CurrentSession, Documented, type EventStream, EventStreams, RequireRole, ServiceLogger } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Regisseur, Regisseurs } from '../regisseurs/regisseurs.js';
import { regisseurOfUser, TRIAGIST_ROLE } from './desk-user.js';
import { toAuthorizationView } from './views.js';

/** Tells the desk's pages how far authorizations came, as it happens; a page reads the list each time it has connected. */
@Controller('api/events')
@RequireRole(TRIAGIST_ROLE)
export class DeskEventsController {
  constructor(
    @Inject(Regisseurs) private readonly regisseurs: Regisseurs,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get()
  @Documented({ summary: 'Server-sent events: authorizations issued, received, opened, refused, revoked', responses: { 200: { description: 'Events named `authorization`', schema: DeskEvent, contentType: 'text/event-stream' } } })
  async listen(@CurrentSession() session: Session, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const regisseur = await regisseurOfUser(session.user, this.regisseurs);
    const stream = this.streams.open(request, reply, session);
    // One after another, so that a page never sees an older state after a newer one.
    let last = Promise.resolve();
    const hear = ({ organisation, id }: Signal): void => {
      if (organisation !== regisseur.organisation.id) return;
      last = last.then(() => this.tell(regisseur, id, stream)).catch((error: unknown) => this.logger.unexpected(error));
    };
    // A page whose stream ends connects again, and reads what it may have missed.
    const forget = this.signals.on('authorization_delivery', hear, () => stream.end());
    void stream.ended.then(forget);
  }

  private async tell(regisseur: Regisseur, id: string, stream: EventStream): Promise<void> {
    const authorization = await regisseur.transaction(({ authorizations }) => authorizations.findAuthorization(id));
    if (authorization === undefined) return;
    const event: DeskEvent = { type: 'authorization', authorization: toAuthorizationView(authorization, this.clock()) };
    stream.send({ event: event.type, data: event });
  }
}
