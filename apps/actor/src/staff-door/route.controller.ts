import { RouteEvent, VisitRouteView } from '@anw/api-contracts';
import type { Session, StaffUser } from '@anw/identity';
import { type Signal, SignalListener } from '@anw/persistence';
import { CurrentSession, CurrentUser, Documented, type EventStream, EventStreams, RequireRole, ServiceLogger } from '@anw/platform';
import { fragmentOf } from '@anw/values';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Visits } from '../visits/visits.js';
import { NURSE_ROLE } from './nurse-role.js';
import { toVisitStopView } from './visit-views.js';

/** The visit route of the logged-in nurse, newest first, and how it changes while she looks at it. */
@Controller('api')
@RequireRole(NURSE_ROLE)
export class RouteController {
  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  @Get('route')
  @Documented({ summary: 'Visits of the logged-in nurse, newest first', responses: { 200: { description: 'The route', schema: VisitRouteView } } })
  async route(@CurrentUser() user: StaffUser): Promise<VisitRouteView> {
    return { stops: (await this.visits.routeOf(user)).map(toVisitStopView) };
  }

  @Get('events')
  @Documented({ summary: 'Server-sent events: a visit was added, or withdrawn', responses: { 200: { description: 'Events named `visit-added` and `visit-withdrawn`', schema: RouteEvent, contentType: 'text/event-stream' } } })
  async listen(@CurrentSession() session: Session, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { user } = session;
    const known = new Set<string>();
    // What changes while the route is read waits its turn; what changes later is told. The page reads the route once it is connected.
    const opening = this.visits.routeOf(user).then((route) => {
      for (const { credential } of route) known.add(fragmentOf(credential.id));
      return this.streams.open(request, reply, session);
    });
    // One after another, so that a page never sees an older state after a newer one.
    let last: Promise<unknown> = opening;
    const hear = ({ organisation, id }: Signal): void => {
      if (organisation !== user.organisationId) return;
      last = last.then(async () => this.tell(user, id, known, await opening)).catch((error: unknown) => this.logger.unexpected(error));
    };
    // A page whose stream ends connects again, and reads what it may have missed.
    const forget = this.signals.on('visit_route', hear, () => void opening.then((stream) => stream.end(), () => undefined));
    opening.then(({ ended }) => ended).then(forget, forget);
    await opening;
  }

  /** What changed on this nurse's route; another's visits are nothing to her. */
  private async tell(user: StaffUser, id: string, known: Set<string>, stream: EventStream): Promise<void> {
    const authorization = (await this.visits.routeOf(user)).find(({ credential }) => fragmentOf(credential.id) === id);
    if (authorization !== undefined && !known.has(id)) {
      known.add(id);
      const event: RouteEvent = { type: 'visit-added', stop: toVisitStopView(authorization) };
      stream.send({ id, event: event.type, data: event });
    }
    if (authorization === undefined && known.delete(id)) {
      const event: RouteEvent = { type: 'visit-withdrawn', id };
      stream.send({ id, event: event.type, data: event });
    }
  }
}
