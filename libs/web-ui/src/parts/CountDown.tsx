import { formatAgo, formatDuration, formatInstant } from '../format/format.js';
import { useNow } from '../format/use-now.js';

/** How long until a moment; `over` from then on. */
export function CountDown({ until, over = 'verlopen' }: { readonly until: Date | string; readonly over?: string }) {
  const now = useNow(1000);
  const left = new Date(until).getTime() - now.getTime();
  return <time role="timer" dateTime={new Date(until).toISOString()} title={formatInstant(until, now)} className="anw-time">{left <= 0 ? over : formatDuration(left)}</time>;
}

/** How long ago something was; the moment itself on request. */
export function TimeAgo({ at }: { readonly at: Date | string }) {
  const now = useNow(30_000);
  return <time dateTime={new Date(at).toISOString()} title={formatInstant(at, now)} className="anw-time">{formatAgo(at, now)}</time>;
}
