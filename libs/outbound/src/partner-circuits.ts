import { bulkhead, BulkheadRejectedError, type BulkheadPolicy, BrokenCircuitError, circuitBreaker, type CircuitBreakerPolicy, CircuitState, ConsecutiveBreaker, ExponentialBackoff, handleWhen, noJitterGenerator } from 'cockatiel';
import { OutboundError, type OutboundFailure } from './outbound-error.js';

export interface CircuitSettings {
  /** Requests in a row that got no answer before we stop asking. */
  readonly failuresToOpen: number;
  /** How long a partner is left alone before one request tries again; doubles with each try that fails, up to the longest. */
  readonly firstPauseMilliseconds: number;
  readonly longestPauseMilliseconds: number;
  /** Requests to one partner that may be under way at once; one more is refused. */
  readonly maxUnderWay: number;
}

/** A partner that restarts is met again within a second or two; one that hangs costs one waiting request each ten seconds. */
export const defaultCircuitSettings: CircuitSettings = { failuresToOpen: 5, firstPauseMilliseconds: 1_000, longestPauseMilliseconds: 10_000, maxUnderWay: 256 };

/** `open`: not asked at present; `half-open`: one request is finding out whether it answers again. */
export type CircuitStateName = 'closed' | 'open' | 'half-open';

/** Partners remembered; whoever was asked longest ago goes first. Anybody can make us ask a host of his, so the number is bounded. */
const MAX_PARTNERS = 1_000;

/** No answer at all is a partner's outage; an answer that we do not want, or a URL that we do not ask, is not. */
const outages: readonly OutboundFailure[] = ['unreachable', 'tls', 'timeout'];

interface Circuit {
  readonly breaker: CircuitBreakerPolicy;
  readonly places: BulkheadPolicy;
}

/** A circuit breaker and a bounded number of places for each partner's origin: one that is broken or slow takes nothing from another. */
export class PartnerCircuits {
  private readonly circuits = new Map<string, Circuit>();

  constructor(private readonly settings: CircuitSettings = defaultCircuitSettings) {}

  /** Runs `request` unless its partner is left alone now, or has as many under way as it may have. @throws OutboundError `circuit-open` or `too-busy`, and whatever `request` throws */
  async run<T>({ origin, hostname }: Pick<URL, 'origin' | 'hostname'>, request: () => Promise<T>): Promise<T> {
    const { breaker, places } = this.circuitOf(origin);
    // Who finds that the one request that tries is under way does not wait for it.
    if (breaker.state === CircuitState.HalfOpen) throw new OutboundError('circuit-open', hostname);
    try {
      return await places.execute(() => breaker.execute(request));
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw new OutboundError('circuit-open', hostname);
      if (error instanceof BulkheadRejectedError) throw new OutboundError('too-busy', hostname);
      throw error;
    }
  }

  /** How many partners there are in each state, for the metrics: their names would be labels without end. */
  countStates(): Readonly<Record<CircuitStateName, number>> {
    const counts = { closed: 0, open: 0, 'half-open': 0 };
    for (const { breaker } of this.circuits.values()) counts[nameOf(breaker.state)] += 1;
    return counts;
  }

  /** How one partner stands; undefined when it was not asked yet, or so long ago that it is forgotten. */
  stateOf(origin: string): CircuitStateName | undefined {
    const circuit = this.circuits.get(origin);
    return circuit && nameOf(circuit.breaker.state);
  }

  private circuitOf(origin: string): Circuit {
    const circuit = this.circuits.get(origin) ?? this.createCircuit();
    this.circuits.delete(origin);
    this.circuits.set(origin, circuit);
    if (this.circuits.size > MAX_PARTNERS) this.circuits.delete(this.circuits.keys().next().value!);
    return circuit;
  }

  private createCircuit(): Circuit {
    const { failuresToOpen, firstPauseMilliseconds, longestPauseMilliseconds, maxUnderWay } = this.settings;
    return {
      places: bulkhead(maxUnderWay),
      breaker: circuitBreaker(handleWhen(isOutage), {
        breaker: new ConsecutiveBreaker(failuresToOpen),
        halfOpenAfter: new ExponentialBackoff({ initialDelay: firstPauseMilliseconds, maxDelay: longestPauseMilliseconds, generator: noJitterGenerator }),
      }),
    };
  }
}

function isOutage(error: unknown): boolean {
  return error instanceof OutboundError && outages.includes(error.code);
}

function nameOf(state: CircuitState): CircuitStateName {
  switch (state) {
    case CircuitState.Closed:
      return 'closed';
    case CircuitState.HalfOpen:
      return 'half-open';
    case CircuitState.Open:
    case CircuitState.Isolated:
      return 'open';
  }
}
