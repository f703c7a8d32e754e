/** Longest life of a notice, in seconds: later than this she has looked herself, or it is morning. */
export const NOTICE_SECONDS = 900;
const FIRST_PAUSE_SECONDS = 2;
const LONGEST_PAUSE_SECONDS = 120;

/**
 * Whether an endpoint that a browser gave is one at which notices may be posted: TLS, no credentials in it, and the host
 * one that the deployment knows as a push service. A pattern is `host[:port]`, or `*.<suffix>` for every name below it.
 */
export function isPushEndpoint(endpoint: string, hosts: readonly string[]): boolean {
  const url = URL.parse(endpoint);
  if (url === null || url.protocol !== 'https:' || url.username !== '' || url.password !== '') return false;
  return hosts.some((pattern) => (pattern.startsWith('*.') ? url.host.endsWith(pattern.slice(1)) && url.host.length >= pattern.length : url.host === pattern));
}

/** What became of a notice: the push service has it, the browser has given up its subscription, or it is tried again, or not. */
export type PushOutcome = 'sent' | 'gone' | 'try-again' | 'refused';

/**
 * By the status of the push service's answer; undefined: there was none. 404 and 410 say that the subscription is over
 * (RFC 8030 §7.3), 403 that it was made for another key (RFC 8292 §4.2): neither mends itself.
 */
export function pushOutcome(status: number | undefined): PushOutcome {
  if (status === undefined || status === 429 || status >= 500) return 'try-again';
  if (status >= 200 && status < 300) return 'sent';
  return [403, 404, 410].includes(status) ? 'gone' : 'refused';
}

/** When a notice that failed so often is tried again; undefined when that is too late to be news. */
export function nextPushAttempt(attempts: number, queuedAt: Date, now: Date): Date | undefined {
  const seconds = Math.min(FIRST_PAUSE_SECONDS * 2 ** (attempts - 1), LONGEST_PAUSE_SECONDS);
  const next = new Date(now.getTime() + seconds * 1000);
  return next.getTime() - queuedAt.getTime() > NOTICE_SECONDS * 1000 ? undefined : next;
}
