import type { Did } from '@anw/values';
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

const MAX_IN_FLIGHT = 64;
/** So that one silent partner never takes all places. */
const MAX_IN_FLIGHT_PER_RECIPIENT = 8;
const CLAIM_SIZE = 16;
const HOUSEKEEPING_MILLISECONDS = 3600_000;

/**
 * Brings what is in the outbox to its recipients. `kick` after each commit makes it prompt; looking each second is the
 * safety net for a kick that was lost with its process (toolchain figures: 3 ms against 530 ms). A message leaves the
 * outbox on the recipient's word only, never on the broker's, which may lose what it acknowledged.
 */
export class OutboxRelay {
  private readonly inFlight = new Map<Promise<void>, Did>();
  private timer: NodeJS.Timeout | undefined;
  private claiming: Promise<void> | undefined;
  private kicked = false;
  private running = false;
  private housekeepingDueAt = 0;

  constructor(private readonly ports: OutboxRelayPorts) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.kick();
  }

  /** Looks at the outbox now, or once more when it is looking already. Returns at once. */
  kick(): void {
    if (!this.running) return;
    this.kicked = true;
    this.claiming ??= this.claimWhileKicked().finally(() => {
      this.claiming = undefined;
      // A kick between the last look and here would otherwise wait for the poll.
      if (this.kicked) this.kick();
      else this.schedulePoll();
    });
  }

  /** Takes nothing new; resolves when what was in hand is recorded. */
  async stop(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    await this.claiming;
    await Promise.all(this.inFlight.keys());
  }

  private async claimWhileKicked(): Promise<void> {
    while (this.kicked && this.running) {
      this.kicked = false;
      try {
        await this.claimOnce();
        await this.keepHouse();
      } catch (error) {
        this.ports.onError?.(error);
      }
    }
  }

  private async claimOnce(): Promise<void> {
    const limit = Math.min(CLAIM_SIZE, MAX_IN_FLIGHT - this.inFlight.size);
    if (limit <= 0) return;
    const now = this.ports.clock();
    const leaseUntil = new Date(now.getTime() + (this.ports.leaseSeconds ?? 60) * 1000);
    const messages = await this.ports.store.claimDue({ now, leaseUntil, limit, exceptRecipients: this.busyRecipients() });
    for (const message of messages) this.carry(message);
    if (messages.length === limit) this.kicked = true;
  }

  private carry(message: ClaimedMessage): void {
    const journey = this.relayAndRecord(message)
      .catch((error: unknown) => this.ports.onError?.(error))
      .finally(() => {
        const wasFull = this.inFlight.size >= MAX_IN_FLIGHT || this.busyRecipients().includes(message.event.data.recipient);
        this.inFlight.delete(journey);
        if (wasFull) this.kick();
      });
    this.inFlight.set(journey, message.event.data.recipient);
  }

  /** A message whose outcome cannot be recorded is due again when its lease ends; the recipient's inbox knows it by then. */
  private async relayAndRecord(message: ClaimedMessage): Promise<void> {
    const outcome = await relayMessage(message, { ...this.ports, timing: this.ports.timing ?? defaultRelayTiming });
    await this.ports.store.record(message, outcome);
  }

  private busyRecipients(): readonly Did[] {
    const counts = new Map<Did, number>();
    for (const recipient of this.inFlight.values()) counts.set(recipient, (counts.get(recipient) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= MAX_IN_FLIGHT_PER_RECIPIENT).map(([recipient]) => recipient);
  }

  /** An event older than a notification may be is refused for its age, so that the inbox need not remember it. */
  private async keepHouse(): Promise<void> {
    const now = this.ports.clock().getTime();
    if (now < this.housekeepingDueAt) return;
    this.housekeepingDueAt = now + HOUSEKEEPING_MILLISECONDS;
    await this.ports.store.forgetBefore(new Date(now - (MAX_NOTIFICATION_AGE_SECONDS + 24 * 3600) * 1000));
  }

  private schedulePoll(): void {
    if (!this.running) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.kick(), this.ports.pollMilliseconds ?? 1_000);
  }
}
