/** Of a Chrome trace: a span on one thread, in microseconds; `tts` and `tdur` by the clock of the thread itself. */
export interface TraceSpan {
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  ts: number;
  dur?: number;
  readonly tts?: number;
  readonly tdur?: number;
}

/**
 * Makes every span last as long as its thread worked on it. Where other work has the processor too, the clock on the wall runs
 * on while the page stands still; as a phone has no such neighbours, that time is not the page's. Spans within a span keep
 * their place in it. Changes the spans that it is given; returns the milliseconds that were taken away.
 */
export function keepOwnTime(spans: readonly TraceSpan[]): number {
  let taken = 0;
  const outermost = new Map<string, { readonly from: number; readonly until: number; readonly ownFrom: number; readonly ownUntil: number }>();
  for (const span of spans.filter(isTimed).toSorted((one, other) => one.ts - other.ts || other.dur - one.dur)) {
    const thread = `${span.pid}/${span.tid}`;
    const outer = outermost.get(thread);
    if (outer === undefined || span.ts >= outer.until) {
      const own = Math.min(span.dur, span.tdur);
      outermost.set(thread, { from: span.ts, until: span.ts + span.dur, ownFrom: span.tts, ownUntil: span.ts + own });
      taken += span.dur - own;
      span.dur = own;
    } else {
      span.ts = Math.min(outer.ownUntil, outer.from + Math.max(0, span.tts - outer.ownFrom));
      span.dur = Math.min(span.dur, span.tdur, outer.ownUntil - span.ts);
    }
  }
  return taken / 1000;
}

type TimedSpan = TraceSpan & Required<Pick<TraceSpan, 'dur' | 'tts' | 'tdur'>>;

function isTimed(span: TraceSpan): span is TimedSpan {
  return span.ph === 'X' && span.dur !== undefined && span.tts !== undefined && span.tdur !== undefined;
}
