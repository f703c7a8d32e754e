import { createOutbound } from '@anw/outbound';
import type { OutboundSettings } from '@anw/platform';
import type { FactoryProvider } from '@nestjs/common';
import { PUSH_FETCH } from './push-settings.js';

/** A push service answers with a status; what it says beside that is for people. */
const MAX_RESPONSE_BYTES = 64 * 1024;

/**
 * The way to push services: apart from the one to partners, for these are strangers. Public certificate authorities, no
 * certificate of ours, and the same guard against our own network.
 */
export function pushFetch({ internalHosts, timeoutMilliseconds }: OutboundSettings): FactoryProvider {
  return {
    provide: PUSH_FETCH,
    useFactory: () => createOutbound({ allowedInternalHosts: internalHosts, requireTls: true, timeoutMilliseconds, maxResponseBytes: MAX_RESPONSE_BYTES }).fetch,
  };
}
