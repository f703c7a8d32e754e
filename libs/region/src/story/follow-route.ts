import { RouteEvent, VisitRouteView } from '@anw/api-contracts';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './ask.js';
import type { ServerSentEvent } from './event-stream.js';
import type { StaffSession } from './oidc-login.js';

export interface CollectedEvent {
  readonly event: RouteEvent;
  /** As `performance.now()` counts. */
  readonly at: number;
}

/** As the door asks of browsers, in its `retry` line. */
const PAUSE_MILLISECONDS = 1_000;

/**
 * Follows a nurse's visit route as her page does: listens, and each time it has connected again reads the route, which
 * tells what happened meanwhile. Resolves when the first connection is up; ends when `signal` aborts.
 */
export async function followRoute(session: StaffSession, signal: AbortSignal): Promise<readonly CollectedEvent[]> {
  const events: CollectedEvent[] = [];
  const shown = new Set<string>();
  const note = (event: RouteEvent): void => {
    if (event.type === 'draft-changed' || event.type === 'draft-undelivered') return void events.push({ event, at: performance.now() });
    // Of a visit that lasts longer the story asks nothing.
    if (event.type === 'visit-changed') return;
    const id = event.type === 'visit-added' ? event.stop.id : event.id;
    const isNew = event.type === 'visit-added' ? !shown.has(id) : shown.delete(id);
    if (event.type === 'visit-added') shown.add(id);
    if (isNew) events.push({ event, at: performance.now() });
  };
  const connect = async () => {
    const stream = await session.events('/api/events', signal);
    const { stops } = await ask(session, { method: 'GET', path: '/api/route', answer: VisitRouteView });
    for (const stop of stops) note({ type: 'visit-added', stop });
    for (const id of shown) if (stops.every((stop) => stop.id !== id)) note({ type: 'visit-withdrawn', id });
    return stream;
  };
  void follow(await connect(), connect, (data) => note(RouteEvent.parse(JSON.parse(data))), signal);
  return events;
}

type Stream = AsyncIterable<ServerSentEvent>;

/** While the service is away the page tries again; an event that never comes shows as such. */
async function follow(stream: Stream | undefined, connect: () => Promise<Stream>, take: (data: string) => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (stream !== undefined) await takeAll(stream, take).catch(() => undefined);
    await sleep(PAUSE_MILLISECONDS, undefined, { signal, ref: false }).catch(() => undefined);
    if (!signal.aborted) stream = await connect().catch(() => undefined);
  }
}

async function takeAll(stream: Stream, take: (data: string) => void): Promise<void> {
  for await (const { data } of stream) take(data);
}
