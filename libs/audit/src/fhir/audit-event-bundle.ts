import type { AuditEvent } from '../audit-event.js';
import type { AuditEventResource } from './audit-event-resource.js';
import { type LogSource, toAuditEvent } from './to-audit-event.js';

export interface AuditEventBundle {
  readonly resourceType: 'Bundle';
  readonly type: 'searchset' | 'collection';
  readonly timestamp: string;
  readonly link?: readonly { readonly relation: 'self' | 'next'; readonly url: string }[];
  readonly entry: readonly { readonly fullUrl: string; readonly resource: AuditEventResource; readonly search?: { readonly mode: 'match' } }[];
}

/** One page of the log as a search answers it; `next` is the URL of the page after it. */
export function toSearchset(events: readonly AuditEvent[], source: LogSource, { at, self, next }: { readonly at: Date; readonly self: string; readonly next?: string }): AuditEventBundle {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    timestamp: at.toISOString(),
    link: [{ relation: 'self', url: self }, ...(next === undefined ? [] : [{ relation: 'next' as const, url: next }])],
    entry: events.map((event) => ({ ...entryOf(event, source), search: { mode: 'match' } })),
  };
}

/** A selection of the log to hand over. */
export function toCollection(events: readonly AuditEvent[], source: LogSource, at: Date): AuditEventBundle {
  return { resourceType: 'Bundle', type: 'collection', timestamp: at.toISOString(), entry: events.map((event) => entryOf(event, source)) };
}

function entryOf(event: AuditEvent, source: LogSource) {
  return { fullUrl: `urn:uuid:${event.id}`, resource: toAuditEvent(event, source) };
}
