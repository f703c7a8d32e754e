import type { Clock, OrganisationId, PatientId } from '@anw/values';
import type { AuditEventName } from './audit-event.js';

/** Somebody who looks at a list of her own organisation. */
export interface Look {
  readonly organisation: OrganisationId;
  readonly practitioner: string;
  readonly name: AuditEventName;
}

/** What a look shows: a client, or `undefined` for what is about no client. */
export type LookedAt = PatientId | undefined;

interface RunningLook {
  readonly lastAt: number;
  readonly shown: ReadonlySet<LookedAt>;
}

/** A page that asks again more seldom than this asks for a new look. */
const LOOK_GAP_MILLISECONDS = 5 * 60_000;

/**
 * What one look has shown already. A page that reads its list again by itself goes on with the look that it began; a client
 * who appears in it meanwhile is new to it. Kept in memory: a restart makes one row more, never one less.
 */
export class Looks {
  private readonly running = new Map<string, RunningLook>();

  constructor(private readonly clock: Clock) {}

  /** What of this the log does not know yet of the running look. */
  unlogged(look: Look, shown: readonly LookedAt[]): readonly LookedAt[] {
    const known = this.find(look)?.shown;
    return [...new Set(shown)].filter((each) => known?.has(each) !== true);
  }

  /** To be called when the rows are committed. */
  remember(look: Look, shown: readonly LookedAt[]): void {
    const known = this.find(look)?.shown ?? [];
    this.forgetOver();
    this.running.set(keyOf(look), { lastAt: this.clock().getTime(), shown: new Set([...known, ...shown]) });
  }

  private find(look: Look): RunningLook | undefined {
    const known = this.running.get(keyOf(look));
    return known !== undefined && this.isRunning(known) ? known : undefined;
  }

  private forgetOver(): void {
    for (const [key, look] of this.running) if (!this.isRunning(look)) this.running.delete(key);
  }

  private isRunning({ lastAt }: RunningLook): boolean {
    return this.clock().getTime() - lastAt < LOOK_GAP_MILLISECONDS;
  }
}

function keyOf({ organisation, practitioner, name }: Look): string {
  return JSON.stringify([organisation, practitioner, name]);
}
