export interface RepeatedTaskOptions {
  readonly work: () => Promise<unknown>;
  /** Between the end of one turn and the start of the next, on average. */
  readonly intervalMilliseconds: number;
  /** Answers in [0, 1): spreads the turns of replicas that started together. */
  readonly random: () => number;
  /** Hears of a turn that failed; the next one comes all the same. */
  readonly onError: (error: unknown) => void;
}

/** Each pause differs by at most this part of the interval. */
const SPREAD = 0.2;

/** Does something again and again, never twice at once. */
export class RepeatedTask {
  private timer: NodeJS.Timeout | undefined;
  private turn: Promise<void> | undefined;
  private running = false;

  constructor(private readonly options: RepeatedTaskOptions) {}

  /** The first turn comes after one interval. Starting twice is starting once. */
  start(): void {
    if (this.running) return;
    this.running = true;
    this.schedule();
  }

  /** Takes no new turn; resolves when the one under way has ended. */
  async stop(): Promise<void> {
    this.running = false;
    clearTimeout(this.timer);
    await this.turn;
  }

  private schedule(): void {
    const { intervalMilliseconds, random } = this.options;
    this.timer = setTimeout(() => this.takeTurn(), intervalMilliseconds * (1 - SPREAD + 2 * SPREAD * random()));
  }

  private takeTurn(): void {
    this.turn = this.options
      .work()
      .then(() => undefined, this.options.onError)
      .finally(() => {
        if (this.running) this.schedule();
      });
  }
}
