import type { Clock } from '@anw/values';
import type { ClaimedMessage, NotificationChannel, RelayOutcome } from './outbox.js';
import { channelsToTry, nextAttemptAfterFailure, nextAttemptAfterSending, type RelayTiming } from './relay-plan.js';

export interface RelayMessagePorts {
  readonly channels: readonly NotificationChannel[];
  readonly clock: Clock;
  /** Between 0 and 1. */
  readonly random: () => number;
  readonly timing: RelayTiming;
}

/** Sends one claimed message over the first channel that takes it, and says what became of it. Never rejects. */
export async function relayMessage(message: ClaimedMessage, ports: RelayMessagePorts): Promise<RelayOutcome> {
  const names = channelsToTry(message, ports.clock(), ports.timing);
  if (names.length === 0) return { kind: 'expired' };
  const failures: string[] = [];
  for (const channel of names.flatMap((name) => ports.channels.filter((candidate) => candidate.name === name))) {
    const failure = await trySending(message, channel);
    if (failure === undefined) return taken(message, channel, ports);
    failures.push(`${channel.name}: ${failure}`);
  }
  const nextAttemptAt = nextAttemptAfterFailure(message, ports.clock(), ports.timing, ports.random);
  return { kind: 'failed', failure: failures.join('; ') || 'no channel', nextAttemptAt };
}

function taken(message: ClaimedMessage, channel: NotificationChannel, ports: RelayMessagePorts): RelayOutcome {
  const at = ports.clock();
  return { kind: 'taken', channel: channel.name, at, nextAttemptAt: nextAttemptAfterSending(message, at, ports.timing, ports.random) };
}

async function trySending(message: ClaimedMessage, channel: NotificationChannel): Promise<string | undefined> {
  try {
    await channel.send(message);
    return undefined;
  } catch (error) {
    return failureCode(error);
  }
}

/** A code where the error has one: messages of strangers may quote what they were sent. */
function failureCode(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code.slice(0, 64);
  return error instanceof Error ? error.name : 'unknown';
}
