import { createHash, randomBytes } from 'node:crypto';

/** Idle this long, a session ends: a phone or a desk left alone must not show a record. */
export const SESSION_IDLE_MILLISECONDS = 15 * 60 * 1000;
/** One shift: after that she logs in again. */
export const SESSION_MAX_MILLISECONDS = 12 * 60 * 60 * 1000;

/** 256 bits that only the browser keeps. */
export function createSessionSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the database keeps of the secret: reading the table opens no session. */
export function hashSessionSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/**
 * The prefix `__Host-` makes browsers insist on Secure, this very host and the whole path (RFC 6265bis §4.1.3.2).
 * @param url of the staff door, as browsers reach it
 */
export function sessionCookieName(url: string): string {
  return url.startsWith('https:') ? '__Host-anw-session' : cookieName('anw-session', url);
}

/**
 * Without TLS the services of one machine share a host, and cookies know no port: each port has names of its own, so that
 * one browser can be logged in at the desk and at the nurse's pages side by side.
 */
export function cookieName(name: string, url: string): string {
  const { protocol, port } = new URL(url);
  return protocol === 'https:' || port === '' ? name : `${name}-${port}`;
}

export interface CookieOptions {
  readonly secure: boolean;
  readonly path: string;
  /** 0 removes the cookie. */
  readonly maxAgeSeconds: number;
}

/** A cookie that scripts cannot read and other sites cannot send along with their requests. */
export function serializeCookie(name: string, value: string, { secure, path, maxAgeSeconds }: CookieOptions): string {
  return [`${name}=${value}`, `Path=${path}`, `Max-Age=${maxAgeSeconds}`, 'HttpOnly', 'SameSite=Lax', ...(secure ? ['Secure'] : [])].join('; ');
}

/** The value of one cookie in a `Cookie` header; a name that occurs twice counts as absent, for one of them is not ours. */
export function readCookie(header: string | undefined, name: string): string | undefined {
  const values = (header ?? '').split(';').map((pair) => pair.trim()).filter((pair) => pair.startsWith(`${name}=`));
  return values.length === 1 ? values[0]?.slice(name.length + 1) : undefined;
}
