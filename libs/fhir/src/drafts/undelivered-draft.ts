import type { DidUrl, EmployeeIdentifier } from '@anw/values';

/** Why a draft can no longer be sent: its authorization was revoked, its period is over, or the nurse ended her shift. */
export const undeliveredReasons = ['revoked', 'ended', 'shift-ended'] as const;
export type UndeliveredReason = (typeof undeliveredReasons)[number];

/** What stays of an entry that was not in the custodian's record when its authorization ended. Nothing of what it said. */
export interface UndeliveredDraft {
  readonly id: string;
  readonly authorization: DidUrl;
  readonly practitioner: EmployeeIdentifier;
  readonly kind: string;
  readonly savedAt: Date;
  /** Absent when she never sent it. */
  readonly sentAt?: Date;
  readonly endedAt: Date;
  readonly reason: UndeliveredReason;
  /** How many of its resources the custodian had stored: more than one makes an entry. */
  readonly written: number;
  /** A resource had left and nobody knows whether it arrived. */
  readonly mayHaveArrived: boolean;
  /** Code of what went wrong last. */
  readonly lastFailure?: string;
  /** Of the client; until the nurse has seen that it did not arrive. */
  readonly initials?: string;
  readonly seenAt?: Date;
  readonly acknowledgedAt?: Date;
  /** The application manager who took note of it. */
  readonly acknowledgedBy?: string;
}

/** Initials of a client, for a nurse who knows whom she visited: `M. J. de Vries-Bakker` becomes `M.J.V.B.`. At most six. */
export function initialsOf(name: string): string {
  const parts = name.split(/[\s.'’-]+/u).filter((part) => /^\p{Lu}/u.test(part));
  return parts.slice(0, 6).map((part) => `${[...part][0]}.`).join('');
}
