import type { Session } from '@anw/identity';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenStreams } from '../door/open-streams.js';
import { CLOCK } from '../service/clock.js';
import { type EventStream, openEventStream } from './server-sent-events.js';
import { sessionHolds } from './session-holds.js';
import { StaffSessions } from './staff-sessions.js';

/** Server-sent events to whoever is logged in: the stream ends with the session, and with the door. */
@Injectable()
export class EventStreams {
  constructor(
    @Inject(OpenStreams) private readonly streams: OpenStreams,
    @Inject(StaffSessions) private readonly sessions: StaffSessions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Takes over the reply (`@Res()`); the controller returns nothing. */
  open(request: FastifyRequest, reply: FastifyReply, session: Session, options: { readonly heartbeatMilliseconds?: number } = {}): EventStream {
    return openEventStream(request, reply, { ...options, streams: this.streams, stillAllowed: () => this.stillHolds(session.hash) });
  }

  private async stillHolds(hash: string): Promise<boolean> {
    const session = await this.sessions.find(hash);
    return session !== undefined && sessionHolds(session, this.clock());
  }
}
