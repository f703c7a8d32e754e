import { PushSubscriptionInput } from '@anw/api-contracts';
import type { SealedText, Sealing } from '@anw/persistence';
import { createHash } from 'node:crypto';

/** By which a subscription is found without knowing where it leads: hex SHA-256. */
export function hashEndpoint(endpoint: string): string {
  return createHash('sha256').update(endpoint).digest('hex');
}

/** Who knows an endpoint can follow a phone: it lies sealed, bound to its row. */
export function sealEndpoint({ endpoint, keys: { p256dh, auth } }: PushSubscriptionInput, sealing: Sealing): SealedText {
  return sealing.seal(JSON.stringify({ endpoint, keys: { p256dh, auth } }), contextOf(hashEndpoint(endpoint)));
}

/** @throws when it was sealed with a key that is not configured, or was changed */
export function openEndpoint(stored: SealedText & { readonly endpointHash: string }, sealing: Sealing): PushSubscriptionInput {
  return PushSubscriptionInput.parse(JSON.parse(sealing.open(stored, contextOf(stored.endpointHash))));
}

function contextOf(endpointHash: string): string {
  return `push subscription ${endpointHash}`;
}
