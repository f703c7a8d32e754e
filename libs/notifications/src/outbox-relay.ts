import type { Did } from '@anw/values';
import { ClaimLoop } from './claim-loop.js';
import type { ClaimedMessage, RelayStore } from './outbox.js';
import { relayMessage, type RelayMessagePorts } from './relay-message.js';
import { defaultRelayTiming, type RelayTiming } from './relay-plan.js';
import { MAX_NOTIFICATION_AGE_SECONDS } from './verify-event.js';

export interface OutboxRelayPorts extends Omit<RelayMessagePorts, 'timing'> {
  readonly store: RelayStore;
  readonly timing?: RelayTiming;
  /** Hears of failures to reach the store; the relay goes on. */
  readonly onError?: (error: unknown) => void;
  readonly pollMilliseconds?: number;
  /** How long a claim holds; longer than any channel takes. */
  readonly leaseSeconds?: number;
}

const places = { inAll: 64, perKey: 8, perClaim: 16 };
const HOUSEKEEPING_MILLISECONDS = 3600_000;

/**
 * Brings what is in the outbox to its recipients. `kick` after each commit makes it prompt; looking each second is the
 * safety net for a kick that was lost with its process (toolchain figures: 3 ms against 530 ms). A message leaves the
 * outbox on the recipient's word only, never on the broker's, which may lose what it acknowledged.
 */
export class OutboxRelay {
  private readonly loop: ClaimLoop<ClaimedMessage, Did>;
  private housekeepingDueAt = 0;

  constructor(private readonly ports: OutboxRelayPorts) {
    this.loop = new ClaimLoop({
      claim: (limit, busy) => this.claim(limit, busy),
      carry: (message) => this.relayAndRecord(message),
      keyOf: ({ event }) => event.data.recipient,
      onError: (error) => ports.onError?.(error),
      afterLook: () => this.keepHouse(),
      pollMilliseconds: ports.pollMilliseconds,
      places,
    });
  }

  start(): void {
    this.loop.start();
  }

  /** Looks at the outbox now, or once more when it is looking already. Returns at once. */
  kick(): void {
    this.loop.kick();
  }

  /** Takes nothing new; resolves when what was in hand is recorded. */
  stop(): Promise<void> {
    return this.loop.stop();
  }

  private claim(limit: number, busy: readonly Did[]): Promise<readonly ClaimedMessage[]> {
    const now = this.ports.clock();
    const leaseUntil = new Date(now.getTime() + (this.ports.leaseSeconds ?? 60) * 1000);
    return this.ports.store.claimDue({ now, leaseUntil, limit, exceptRecipients: busy });
  }

  /** A message whose outcome cannot be recorded is due again when its lease ends; the recipient's inbox knows it by then. */
  private async relayAndRecord(message: ClaimedMessage): Promise<void> {
    const outcome = await relayMessage(message, { ...this.ports, timing: this.ports.timing ?? defaultRelayTiming });
    await this.ports.store.record(message, outcome);
  }

  /** An event older than a notification may be is refused for its age, so that the inbox need not remember it. */
  private async keepHouse(): Promise<void> {
    const now = this.ports.clock().getTime();
    if (now < this.housekeepingDueAt) return;
    this.housekeepingDueAt = now + HOUSEKEEPING_MILLISECONDS;
    await this.ports.store.forgetBefore(new Date(now - (MAX_NOTIFICATION_AGE_SECONDS + 24 * 3600) * 1000));
  }
}
