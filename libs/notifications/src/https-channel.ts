import { type DidResolver, serviceEndpoint } from '@anw/identity';
import type { NotificationChannel, OutboxMessage } from './outbox.js';

/** The slice of `fetch` that a delivery needs. */
export type PostNotification = (
  url: string,
  request: { readonly method: 'POST'; readonly headers: Record<string, string>; readonly body: string; readonly signal: AbortSignal },
) => Promise<{ readonly status: number; readonly body?: { cancel(): Promise<void> } | null }>;

/** A delivery that the recipient did not take; the message never holds its answer's body. */
export class HttpsDeliveryError extends Error {
  override readonly name = 'HttpsDeliveryError';
  constructor(
    readonly code: 'no-endpoint' | `http-${number}`,
    options?: ErrorOptions,
  ) {
    super(`notification was not delivered by HTTPS: ${code}`, options);
  }
}

export interface HttpsChannelPorts {
  readonly fetch: PostNotification;
  readonly resolver: DidResolver;
  readonly timeoutMilliseconds?: number;
}

export const NOTIFICATION_MEDIA_TYPE = 'application/jose';

/** Posts the signed notification to the endpoint that the recipient's DID document names in a service of type `anw-notifications`. */
export class HttpsChannel implements NotificationChannel {
  readonly name = 'https';

  constructor(private readonly ports: HttpsChannelPorts) {}

  /** @throws DidResolutionError, HttpsDeliveryError, or what `fetch` rejects with. */
  async send(message: Pick<OutboxMessage, 'event' | 'jws'>): Promise<void> {
    const document = await this.ports.resolver.resolve(message.event.data.recipient);
    const endpoint = serviceEndpoint(document, 'anw-notifications');
    if (endpoint === undefined) throw new HttpsDeliveryError('no-endpoint');
    const response = await this.ports.fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': NOTIFICATION_MEDIA_TYPE },
      body: message.jws,
      signal: AbortSignal.timeout(this.ports.timeoutMilliseconds ?? 10_000),
    });
    // Unread, the answer would keep its connection.
    await response.body?.cancel();
    // 202 alone says that the recipient has stored it: a 200 from whatever else listens there proves nothing.
    if (response.status !== 202) throw new HttpsDeliveryError(`http-${response.status}`);
  }
}
