import { type Outbound, overwriteParserMemory } from '@anw/outbound';
import { ServiceLogger } from '@anw/platform';
import { OUTBOUND } from '@anw/service-core';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** Pauses: what is under way when an authorization ends has been answered after the first; what a connection, a timer or a page still held is free after the others. */
const PAUSES_MILLISECONDS = [1_000, 10_000, 20_000, 30_000] as const;

/**
 * Overwrites what the process no longer uses, soon after an authorization ends: "nothing clinical stays at the actor"
 * (docs/adr/0014). V8 leaves what it frees as it was, for hours on a quiet night, until something else takes the place.
 * Its flags let it clear what it frees and let us ask for that; memory outside of V8's heap is cleared by the C library
 * where the deployment says so (`GLIBC_TUNABLES`, docs/deployment.md).
 */
@Injectable()
export class FreeMemory implements OnApplicationShutdown {
  private readonly collect = createCollector();
  private readonly due = new Set<NodeJS.Timeout>();
  private asked = false;

  constructor(
    @Inject(OUTBOUND) private readonly outbound: Pick<Outbound, 'renewConnections'>,
    @Inject(ServiceLogger) private readonly logger: ServiceLogger,
  ) {}

  /** An authorization ended. Many at once, as at the end of a shift, are one collection. */
  clearSoon(): void {
    this.asked = true;
    if (this.due.size === 0) this.start();
  }

  onApplicationShutdown(): void {
    for (const timer of this.due) clearTimeout(timer);
    this.due.clear();
  }

  /** Connections keep what they read last, the parser of answers too; only then is there nothing left but what is free. */
  private async clear(): Promise<void> {
    this.outbound.renewConnections();
    await overwriteParserMemory();
    forgetLastMatch();
    this.collect();
  }

  /** What ends while this is under way starts it once more. */
  private start(): void {
    this.asked = false;
    this.clearAfter(PAUSES_MILLISECONDS);
  }

  private clearAfter([pause, ...later]: readonly number[]): void {
    if (pause === undefined) {
      if (this.asked) this.start();
      return;
    }
    const timer = setTimeout(() => {
      this.due.delete(timer);
      void this.clear().catch((error: unknown) => this.logger.unexpected(error));
      this.clearAfter(later);
    }, pause);
    timer.unref();
    this.due.add(timer);
  }
}

/** V8 keeps what the last regular expression was matched against (`RegExp.input`) until the next match. */
function forgetLastMatch(): void {
  /(?:)/.exec('');
}

/** As when memory runs out: collects until nothing more is free, and gives whole pages back. */
function createCollector(): () => void {
  setFlagsFromString('--clear-free-memory');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how: { readonly type: 'major'; readonly execution: 'sync'; readonly flavor: 'last-resort' }) => void;
  setFlagsFromString('--no-expose-gc');
  return () => collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
