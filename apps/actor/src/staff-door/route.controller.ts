import { RouteEvent, VisitRouteView, type VisitStopView } from '@anw/api-contracts';
import type { Session, StaffUser } from '@anw/identity';
import { type Signal, SignalListener } from '@anw/persistence';
import { CLOCK, CurrentSession, CurrentUser, Documented, type EventStream, EventStreams, RequireRole, ServiceLogger } from '@anw/platform';
import type { Clock } from '@anw/values';
import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Drafts } from '../drafts/drafts.js';
import { toDraftView, toUndeliveredView } from '../drafts/draft-views.js';
import { Visits } from '../visits/visits.js';
import { NURSE_ROLE } from './nurse-role.js';
import { toRouteView } from './visit-views.js';

/** The visit route of the logged-in nurse, and how it changes while she looks at it. */
@Controller('api')
@RequireRole(NURSE_ROLE)
export class RouteController {
  constructor(
    @Inject(Visits) private readonly visits: Visits,
    @Inject(Drafts) private readonly drafts: Drafts,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(SignalListener) private readonly signals: SignalListener,
    @Inject(EventStreams) private readonly streams: EventStreams,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  @Get('route')
  @Documented({ summary: 'Visits of the logged-in nurse: urgent first, then newest', responses: { 200: { description: 'The route', schema: VisitRouteView } } })
  async route(@CurrentUser() user: StaffUser): Promise<VisitRouteView> {
    return toRouteView(await this.visits.routeOf(user));
  }

  @Get('events')
  @Documented({ summary: 'Server-sent events: a visit was added, changed or withdrawn, a draft stands somewhere else or could not be delivered', responses: { 200: { description: 'Events named `visit-added`, `visit-changed`, `visit-withdrawn`, `draft-changed` and `draft-undelivered`', schema: RouteEvent, contentType: 'text/event-stream' } } })
  async listen(@CurrentSession() session: Session, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const { user } = session;
    const known = new Map<string, string>();
    // What changes while the route is read waits its turn; what changes later is told. The page reads the route once it is connected.
    const opening = this.visits.routeOf(user).then((route) => {
      for (const stop of toRouteView(route).stops) known.set(stop.id, faceOf(stop));
      return this.streams.open(request, reply, session);
    });
    // One after another, so that a page never sees an older state after a newer one.
    let last: Promise<unknown> = opening;
    const hear =
      (tell: (id: string, stream: EventStream) => Promise<void>) =>
      ({ organisation, id }: Signal): void => {
        if (organisation !== user.organisationId) return;
        last = last.then(async () => tell(id, await opening)).catch((error: unknown) => this.logger.unexpected(error));
      };
    // A page whose stream ends connects again, and reads what it may have missed.
    const missed = () => void opening.then((stream) => stream.end(), () => undefined);
    const forgets = [
      this.signals.on('visit_route', hear((id, stream) => this.tell(user, id, known, stream)), missed),
      this.signals.on('draft', hear((id, stream) => this.tellOfDraft(user, id, stream)), missed),
    ];
    const forget = () => forgets.forEach((each) => each());
    opening.then(({ ended }) => ended).then(forget, forget);
    await opening;
  }

  /** What changed on this nurse’s route; another's visits are nothing to her. */
  private async tell(user: StaffUser, id: string, known: Map<string, string>, stream: EventStream): Promise<void> {
    const stop = toRouteView(await this.visits.routeOf(user)).stops.find((each) => each.id === id);
    const before = known.get(id);
    const event = changeOf(id, before, stop);
    if (stop === undefined) known.delete(id);
    else known.set(id, faceOf(stop));
    if (event !== undefined) stream.send({ id, event: event.type, data: event });
  }

  /** Where an entry of hers stands now. */
  private async tellOfDraft(user: StaffUser, id: string, stream: EventStream): Promise<void> {
    const found = await this.drafts.ofNurse(id, user);
    if (found === undefined) return;
    const event: RouteEvent = 'draft' in found ? { type: 'draft-changed', draft: toDraftView(found.draft, found.visit, this.clock()) } : { type: 'draft-undelivered', undelivered: toUndeliveredView(found) };
    stream.send({ id, event: event.type, data: event });
  }
}

/** What the page has been told of a visit: when that differs it is told again. */
function faceOf(stop: VisitStopView): string {
  return JSON.stringify(stop);
}

function changeOf(id: string, before: string | undefined, stop: VisitStopView | undefined): RouteEvent | undefined {
  if (stop === undefined) return before === undefined ? undefined : { type: 'visit-withdrawn', id };
  if (before === undefined) return { type: 'visit-added', stop };
  return before === faceOf(stop) ? undefined : { type: 'visit-changed', stop };
}
