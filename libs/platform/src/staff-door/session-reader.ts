import type { Session } from '@anw/identity';
import type { Clock } from '@anw/values';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { CLOCK } from '../service/clock.js';
import { isBearerToken, readBearerToken } from './new-session.js';
import { hashSessionSecret, readCookie, sessionCookieName } from './session-cookie.js';
import { sessionHolds } from './session-holds.js';
import { STAFF_DOOR_OPTIONS, type StaffDoorOptions } from './staff-door-options.js';
import { StaffSessions } from './staff-sessions.js';

/** How often at most a session's last use is written down. */
const SEEN_INTERVAL_MILLISECONDS = 60_000;

/** Finds out whose request it is. */
@Injectable()
export class SessionReader {
  constructor(
    @Inject(StaffSessions) private readonly sessions: StaffSessions,
    @Inject(STAFF_DOOR_OPTIONS) private readonly options: StaffDoorOptions,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The session that the cookie or the bearer token stands for, if it holds now; its use is written down so that it stays alive. */
  async sessionOf(request: FastifyRequest): Promise<Session | undefined> {
    const secret = this.secretOf(request);
    if (secret === undefined) return undefined;
    const session = await this.sessions.find(hashSessionSecret(secret));
    const now = this.clock();
    if (session === undefined || !sessionHolds(session, now)) return undefined;
    if (now.getTime() - session.lastSeenAt.getTime() >= SEEN_INTERVAL_MILLISECONDS) await this.sessions.markSeen(session.hash, now);
    return session;
  }

  /** Who shows a token means that session and no other, whatever cookies her browser adds. */
  private secretOf({ headers }: FastifyRequest): string | undefined {
    if (headers.authorization !== undefined) return readBearerToken(headers.authorization);
    const cookie = readCookie(headers.cookie, sessionCookieName(this.options.url));
    return cookie === undefined || isBearerToken(cookie) ? undefined : cookie;
  }
}
