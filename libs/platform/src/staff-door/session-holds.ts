import type { Session } from '@anw/identity';
import { SESSION_IDLE_MILLISECONDS } from './session-cookie.js';

/** Whether a session is neither over nor left alone for too long. */
export function sessionHolds(session: Session, now: Date): boolean {
  return now < session.expiresAt && now.getTime() - session.lastSeenAt.getTime() < SESSION_IDLE_MILLISECONDS;
}
