export interface ClaimLoopPorts<Work, Key> {
  /**
   * Takes at most `limit` pieces of work that are due, for a while and for nobody else.
   * @param busy whose work is not taken now: its places are full
   */
  readonly claim: (limit: number, busy: readonly Key[]) => Promise<readonly Work[]>;
  /** Does one piece and records what came of it. What it throws is told, and the piece comes again when its claim ends. */
  readonly carry: (work: Work) => Promise<void>;
  /** Whose places a piece takes: its partner. */
  readonly keyOf: (work: Work) => Key;
  /** Hears of what failed; the loop goes on. */
  readonly onError: (error: unknown) => void;
  /** Done after each look. */
  readonly afterLook?: () => Promise<void>;
  readonly pollMilliseconds?: number;
  readonly places: Places;
}

/** How much is under way at most. */
export interface Places {
  readonly inAll: number;
  /** So that one silent partner never takes all places. */
  readonly perKey: number;
  readonly perClaim: number;
}

const POLL_MILLISECONDS = 1_000;

/**
 * Carries what is due out of a table that replicas share: who claims a piece carries it. `kick` after a commit makes it
 * prompt; the poll is the safety net for a kick that was lost with its process.
 */
export class ClaimLoop<Work, Key> {
  private readonly inFlight = new Map<Promise<void>, Key>();
  private timer: NodeJS.Timeout | undefined;
  private claiming: Promise<void> | undefined;
  private kicked = false;
  private running = false;

  constructor(private readonly ports: ClaimLoopPorts<Work, Key>) {}

  start(): void {
    if (this.running) return;
    this.running = true;
    this.kick();
  }

  /** Looks for what is due now, or once more when it is looking already. Returns at once. */
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

  /** Claims nothing new; resolves when what is under way is recorded. */
  async stop(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    await this.claiming;
    await Promise.all(this.inFlight.keys());
  }

  private schedulePoll(): void {
    if (!this.running) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.kick(), this.ports.pollMilliseconds ?? POLL_MILLISECONDS);
  }

  private async claimWhileKicked(): Promise<void> {
    while (this.kicked && this.running) {
      this.kicked = false;
      try {
        await this.claimOnce();
        await this.ports.afterLook?.();
      } catch (error) {
        this.ports.onError(error);
      }
    }
  }

  private async claimOnce(): Promise<void> {
    const { inAll, perClaim } = this.ports.places;
    const limit = Math.min(perClaim, inAll - this.inFlight.size);
    if (limit <= 0) return;
    const claimed = await this.ports.claim(limit, this.busy());
    for (const work of claimed) this.take(work);
    if (claimed.length === limit) this.kicked = true;
  }

  private take(work: Work): void {
    const key = this.ports.keyOf(work);
    const journey = this.ports
      .carry(work)
      .catch((error: unknown) => this.ports.onError(error))
      .finally(() => {
        const wasFull = this.inFlight.size >= this.ports.places.inAll || this.busy().includes(key);
        this.inFlight.delete(journey);
        if (wasFull) this.kick();
      });
    this.inFlight.set(journey, key);
  }

  private busy(): readonly Key[] {
    const counts = new Map<Key, number>();
    for (const key of this.inFlight.values()) counts.set(key, (counts.get(key) ?? 0) + 1);
    return [...counts].filter(([, count]) => count >= this.ports.places.perKey).map(([key]) => key);
  }
}
