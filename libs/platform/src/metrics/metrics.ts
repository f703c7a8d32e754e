import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** One answered request, as the metrics see it: labels are bounded, for routes are patterns and statuses are few. */
export interface MeasuredRequest {
  readonly door: string;
  readonly method: string;
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/** One decision record, as the metrics see it. */
export interface MeasuredDecision {
  readonly endpoint: 'token' | 'fhir';
  readonly outcome: 'granted' | 'denied' | 'invalid';
  /** Number of the first check that refused. */
  readonly firstDenial?: number;
}

/** The measurements of one process, in the form that Prometheus reads. No label ever holds an organisation's patient, user or identifier. */
export class Metrics {
  readonly registry = new Registry();

  private readonly requests = new Counter({
    name: 'anw_http_requests_total',
    help: 'Answered HTTP requests',
    labelNames: ['door', 'method', 'route', 'status'],
    registers: [this.registry],
  });
  private readonly durations = new Histogram({
    name: 'anw_http_request_duration_seconds',
    help: 'Time from request to answer',
    labelNames: ['door', 'method', 'route'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [this.registry],
  });
  private readonly decisions = new Counter({
    name: 'anw_decisions_total',
    help: 'Decision records kept: every token request, and every refused FHIR request; check is the first that refused, 0 when none did',
    labelNames: ['endpoint', 'outcome', 'check'],
    registers: [this.registry],
  });

  private readonly partnerRequests = new Counter({
    name: 'anw_partner_requests_total',
    help: 'Requests of ours to partners, by how they ended: answered, or why there was no answer',
    labelNames: ['outcome'],
    registers: [this.registry],
  });

  private readonly sourceTroubles = new Counter({
    name: 'anw_source_troubles_total',
    help: 'Organisations’ own FHIR servers: fault is a question that failed, dropped a resource that did not belong in the answer',
    labelNames: ['trouble', 'reason'],
    registers: [this.registry],
  });

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
  }

  /** Text exposition format. The library writes what is no number as `Nan`, the format says `NaN`. */
  async expose(): Promise<string> {
    return (await this.registry.metrics()).replaceAll(/ Nan$/gm, ' NaN');
  }

  /** Memory, event loop and garbage collection of this process. Once per process. */
  collectProcessMetrics(): void {
    collectDefaultMetrics({ register: this.registry });
  }

  countRequest({ door, method, route, status, seconds }: MeasuredRequest): void {
    this.requests.inc({ door, method, route, status: String(status) });
    this.durations.observe({ door, method, route }, seconds);
  }

  countDecision({ endpoint, outcome, firstDenial = 0 }: MeasuredDecision): void {
    this.decisions.inc({ endpoint, outcome, check: String(firstDenial) });
  }

  /** @param outcome from a closed list: never a host */
  countPartnerRequest(outcome: string): void {
    this.partnerRequests.inc({ outcome });
  }

  /** @param reason from a closed list: never a host or an organisation */
  countSourceTrouble(trouble: 'fault' | 'dropped', reason: string, count: number): void {
    this.sourceTroubles.inc({ trouble, reason }, count);
  }

  /** One number that is asked for when someone reads the metrics; left out when it cannot be had. */
  count(name: string, help: string, read: () => Promise<number>): void {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      async collect() {
        const value = await read().catch(() => undefined);
        if (value === undefined) this.remove();
        else this.set(value);
      },
    });
  }

  /** Values that are asked for when someone reads the metrics, one for each value of a label; what cannot be had is left out. */
  gauge(name: string, help: string, label: string, read: () => Promise<Readonly<Record<string, number>>>): void {
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      async collect() {
        this.reset();
        const values = await read().catch(() => ({}));
        for (const [state, value] of Object.entries(values)) this.set({ [label]: state }, value);
      },
    });
  }
}
