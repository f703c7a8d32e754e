import { z } from 'zod';
import { cookieName } from './session-cookie.js';

/**
 * What the browser keeps between `/login` and `/callback`: a cookie of ten minutes that only `/callback` gets to see.
 * `state` ties the answer to this browser, `nonce` ties the ID token to this login, `verifier` the code to this client
 * (RFC 7636). It needs no place of ours, so a restart in between loses nothing.
 */
const LoginAttempt = z.strictObject({
  state: z.string().min(32),
  nonce: z.string().min(32),
  verifier: z.string().min(43),
  /** Path of our own to go on to. */
  returnTo: z.string(),
});
export type LoginAttempt = z.infer<typeof LoginAttempt>;

export const LOGIN_ATTEMPT_SECONDS = 600;

/** @param url of the staff door, as browsers reach it */
export function loginAttemptCookieName(url: string): string {
  return cookieName('anw-login', url);
}

export function encodeLoginAttempt(attempt: LoginAttempt): string {
  return Buffer.from(JSON.stringify(attempt)).toString('base64url');
}

/** Undefined when there is none, or what came is none. */
export function decodeLoginAttempt(value: string | undefined): LoginAttempt | undefined {
  try {
    return LoginAttempt.parse(JSON.parse(Buffer.from(value ?? '', 'base64url').toString('utf8')));
  } catch {
    return undefined;
  }
}

/** A path below our own origin; anything else leads home, so that a login never ends at someone else's page. */
export function safeReturnPath(path: unknown): string {
  return typeof path === 'string' && /^\/(?![/\\])[\x21-\x7e]{0,500}$/.test(path) && !path.includes('\\') ? path : '/';
}
