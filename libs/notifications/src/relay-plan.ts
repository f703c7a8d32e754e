import { isReceipt, isToOneself } from './event.js';
import type { ChannelName, ClaimedMessage } from './outbox.js';

/** When the relay sends what, and when it gives up. */
export interface RelayTiming {
  /** How long the recipient of a sent message may take to confirm before we try again, by HTTPS first. */
  readonly receiptDeadlineSeconds: number;
  /** First pause after a failure; doubles with each attempt. */
  readonly firstPauseSeconds: number;
  readonly longestPauseSeconds: number;
  /** A bus that took a message is trusted with it for this long, then given it again. */
  readonly busMemorySeconds: number;
  /** After this the message is parked: an authorization never lasts longer. */
  readonly expirySeconds: number;
}

export const defaultRelayTiming: RelayTiming = {
  receiptDeadlineSeconds: 15,
  firstPauseSeconds: 1,
  longestPauseSeconds: 60,
  busMemorySeconds: 900,
  expirySeconds: 24 * 3600,
};

/**
 * The channels to try now, in this order until one takes it; none when the message has expired. The bus goes first. What the
 * bus has taken but nobody confirmed goes by HTTPS: the broker may have lost it, or the recipient may not be on it. What an
 * organisation tells its own systems goes by the bus alone: only there do they read it.
 */
export function channelsToTry(message: ClaimedMessage, now: Date, timing: RelayTiming): readonly ChannelName[] {
  if (secondsBetween(message.createdAt, now) >= timing.expirySeconds) return [];
  if (isToOneself(message.event)) return ['bus'];
  if (message.state === 'pending') return ['bus', 'https'];
  return busRemembers(message, now, timing) ? ['https'] : ['https', 'bus'];
}

/** When to look at a message again that a channel has just taken; never, for a receipt: it is not confirmed itself. */
export function nextAttemptAfterSending(message: ClaimedMessage, now: Date, timing: RelayTiming, random: () => number): Date | undefined {
  if (isReceipt(message.event)) return undefined;
  const pause = Math.max(timing.receiptDeadlineSeconds, pauseSeconds(message.attempts, timing, random));
  return secondsAfter(now, pause);
}

export function nextAttemptAfterFailure(message: ClaimedMessage, now: Date, timing: RelayTiming, random: () => number): Date {
  return secondsAfter(now, pauseSeconds(message.attempts, timing, random));
}

/** Doubles up to a ceiling, less up to half of it by chance: senders that failed together do not return together. */
function pauseSeconds(attempts: number, timing: RelayTiming, random: () => number): number {
  const ceiling = Math.min(timing.longestPauseSeconds, timing.firstPauseSeconds * 2 ** Math.min(attempts, 30));
  return ceiling * (1 - random() / 2);
}

function busRemembers(message: ClaimedMessage, now: Date, timing: RelayTiming): boolean {
  return message.onBusSince !== undefined && secondsBetween(message.onBusSince, now) < timing.busMemorySeconds;
}

function secondsBetween(from: Date, until: Date): number {
  return (until.getTime() - from.getTime()) / 1000;
}

function secondsAfter(instant: Date, seconds: number): Date {
  return new Date(instant.getTime() + seconds * 1000);
}
