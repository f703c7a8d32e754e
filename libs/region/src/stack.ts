/** What has been started, to be ended in the reverse order, once. */
export class Stack {
  private endings: (() => Promise<void>)[] = [];
  private unwound = false;

  push(end: () => Promise<void>): void {
    // What comes up after everything has been ended is ended at once.
    if (this.unwound) void end().catch(() => undefined);
    else this.endings.push(end);
  }

  /** Passes on what has just started and will stop it at the end. */
  readonly keeps = <T extends { stop(): Promise<void> }>(started: T): T => {
    this.push(() => started.stop());
    return started;
  };

  /** Ends everything, also when one of the endings fails; the first failure is thrown at the end. */
  async unwind(): Promise<void> {
    const endings = this.endings.reverse();
    this.endings = [];
    this.unwound = true;
    const failures: unknown[] = [];
    for (const end of endings) await end().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  }
}
