import type { Session, StaffUser } from '@anw/identity';
import { createSessionSecret, hashSessionSecret, SESSION_MAX_MILLISECONDS } from './session-cookie.js';

/** A session that begins now, known by the hash of the secret that its browser keeps. */
export function newSession(hash: string, user: StaffUser, now: Date): Session {
  return { hash, user, openedAt: now, lastSeenAt: now, expiresAt: new Date(now.getTime() + SESSION_MAX_MILLISECONDS) };
}

/** No secret in a cookie begins so: what a script may hold opens nothing as a cookie, and the other way round. */
const BEARER_PREFIX = 'anwt.';

/** A session for a page that gets no cookies, because it is shown in the frame of another site: it carries this token instead. */
export function createBearerSession(user: StaffUser, now: Date): { readonly token: string; readonly session: Session } {
  const token = `${BEARER_PREFIX}${createSessionSecret()}`;
  return { token, session: newSession(hashSessionSecret(token), user, now) };
}

/** The token of an `Authorization: Bearer` header, if it can be one of a session (RFC 6750 §2.1). */
export function readBearerToken(header: string | undefined): string | undefined {
  const [, token] = /^Bearer +(\S{1,200})$/i.exec(header ?? '') ?? [];
  return token?.startsWith(BEARER_PREFIX) === true ? token : undefined;
}

export function isBearerToken(secret: string): boolean {
  return secret.startsWith(BEARER_PREFIX);
}
