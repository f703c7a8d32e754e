import { isIP } from 'node:net';
import { OutboundError } from './outbound-error.js';

export interface HostPolicy {
  /** Names, or `*.<suffix>` for all names below a suffix, that may lie inside our own network. */
  readonly allowedInternalHosts: readonly string[];
  /** Whether plain http is out of the question; if not, it is still for allowed internal hosts only. */
  readonly requireTls: boolean;
}

export function isAllowedInternal(host: string, allowed: readonly string[]): boolean {
  return allowed.some((pattern) => host === pattern || (pattern.startsWith('*.') && host.endsWith(pattern.slice(1)) && host.length > pattern.length - 1));
}

/** RFC 6761 §6.3: these names always mean this machine. */
export function isLocalhostName(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost');
}

/** What can be told from the URL alone; the address is looked at when connecting. @throws OutboundError */
export function assertUrlAllowed(url: URL, policy: HostPolicy): void {
  const host = url.hostname;
  const isInternal = isAllowedInternal(host, policy.allowedInternalHosts);
  const isPlain = url.protocol === 'http:' && !policy.requireTls && isInternal;
  if (url.protocol !== 'https:' && !isPlain) throw new OutboundError('forbidden-url', host);
  if (url.username !== '' || url.password !== '') throw new OutboundError('forbidden-url', host);
  // The URL parser has already turned `2130706433` and `0x7f.1` into dotted form.
  if (!isInternal && (isAddress(host) || host.endsWith('.') || isLocalhostName(host))) throw new OutboundError('forbidden-url', host);
}

function isAddress(host: string): boolean {
  return host.startsWith('[') || isIP(host) !== 0;
}
