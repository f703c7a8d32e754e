/** What the service depends on, by name, and how it stands with each. */
export interface DependencyReport {
  readonly state: 'ready' | 'waiting' | 'down';
  /** Why not ready; for operators. */
  readonly reason?: string;
}

export interface ReadinessReport {
  readonly ready: boolean;
  readonly dependencies: Readonly<Record<string, DependencyReport>>;
}

interface Dependency {
  readonly gatesDoors: boolean;
  readonly probe?: () => Promise<void>;
  state: 'ready' | 'waiting';
  reason?: string;
}

const PROBE_TIMEOUT_MILLISECONDS = 2_000;

/** Whether this service can do its work, asked of the dependencies themselves (issue: real readiness). */
export class Readiness {
  private readonly dependencies = new Map<string, Dependency>();
  private stopping = false;

  /** Adds a dependency that is not there yet. `probe` rejects while it does not answer, later on. */
  expect(name: string, options: { readonly gatesDoors: boolean; readonly probe?: () => Promise<void> }): void {
    this.dependencies.set(name, { ...options, state: 'waiting' });
  }

  markWaiting(name: string, reason: string): void {
    const dependency = this.require(name);
    dependency.state = 'waiting';
    dependency.reason = reason;
  }

  markReady(name: string): void {
    const dependency = this.require(name);
    dependency.state = 'ready';
    dependency.reason = undefined;
  }

  /** From now on nothing new is taken in; what runs, finishes. */
  markStopping(): void {
    this.stopping = true;
  }

  /** Whether partners and staff are served: every dependency that they cannot do without has been there. */
  get doorsOpen(): boolean {
    return !this.stopping && [...this.dependencies.values()].every(({ gatesDoors, state }) => !gatesDoors || state === 'ready');
  }

  /** Asks every dependency now. */
  async report(): Promise<ReadinessReport> {
    const entries = await Promise.all([...this.dependencies].map(async ([name, dependency]) => [name, await report(dependency)] as const));
    return { ready: !this.stopping && entries.every(([, { state }]) => state === 'ready'), dependencies: Object.fromEntries(entries) };
  }

  private require(name: string): Dependency {
    const dependency = this.dependencies.get(name);
    if (dependency === undefined) throw new Error(`unknown dependency ${name}`);
    return dependency;
  }
}

async function report({ state, reason, probe }: Dependency): Promise<DependencyReport> {
  if (state === 'waiting') return { state, reason };
  try {
    await withTimeout(probe?.() ?? Promise.resolve());
    return { state: 'ready' };
  } catch (error) {
    return { state: 'down', reason: error instanceof Error ? error.message : 'does not answer' };
  }
}

async function withTimeout(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`does not answer within ${PROBE_TIMEOUT_MILLISECONDS} ms`)), PROBE_TIMEOUT_MILLISECONDS);
  });
  try {
    await Promise.race([work, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
