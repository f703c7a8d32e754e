import { useEffect, useRef, useState } from 'react';
import type { z } from 'zod';
import { sessionHeaders } from '../session/session-token.js';
import { problemOf, send } from './ask.js';
import { readEvents } from './read-events.js';

/** How a page stands to the events of its service. */
export interface Connection {
  readonly state: 'connecting' | 'live' | 'lost';
  /** Since when; of a lost connection: when it was lost. */
  readonly since: Date;
}

export interface EventsOptions {
  readonly enabled?: boolean;
  /** The stream is there (again): what may have been missed is read now. */
  readonly onConnected?: () => void;
  /** The server ended the stream because everything was told; it is not opened again. */
  readonly endsWith?: (type: string) => boolean;
}

const FIRST_WAIT_MILLISECONDS = 500;
const LONGEST_WAIT_MILLISECONDS = 10_000;
/** The server sends a heartbeat each fifteen seconds; a stream that is silent for longer is dead. */
const SILENCE_MILLISECONDS = 40_000;

/**
 * Listens to server-sent events of our own service, and connects again by itself when the stream ends.
 * Events that do not fit the schema are of a newer service than this page: they are left alone.
 */
export function useEvents<T>(path: string, schema: z.ZodType<T, unknown>, onEvent: (event: T) => void, options: EventsOptions = {}): Connection {
  const [connection, setConnection] = useState<Connection>(() => ({ state: 'connecting', since: new Date() }));
  const latest = useRef({ schema, onEvent, options });
  latest.current = { schema, onEvent, options };
  const enabled = options.enabled ?? true;
  useEffect(() => {
    if (!enabled) return;
    const stop = new AbortController();
    void listen(path, {
      signal: stop.signal,
      onState: (state) => setConnection((known) => (known.state === state ? known : { state, since: new Date() })),
      onConnected: () => latest.current.options.onConnected?.(),
      onData: (data) => {
        const parsed = latest.current.schema.safeParse(data);
        if (parsed.success) latest.current.onEvent(parsed.data);
      },
      // A stream that stays open is never what the page waits for; one that ends brings its content.
      priority: latest.current.options.endsWith === undefined ? 'low' : 'auto',
      isLast: (type) => latest.current.options.endsWith?.(type) ?? false,
    });
    return () => stop.abort();
  }, [path, enabled]);
  return connection;
}

interface Listener {
  readonly signal: AbortSignal;
  readonly priority: RequestPriority;
  readonly onState: (state: Connection['state']) => void;
  readonly onConnected: () => void;
  readonly onData: (data: unknown) => void;
  readonly isLast: (type: string) => boolean;
}

async function listen(path: string, { signal, priority, onState, onConnected, onData, isLast }: Listener): Promise<void> {
  let wait = FIRST_WAIT_MILLISECONDS;
  let lastEventId: string | undefined;
  while (!signal.aborted) {
    const attempt = new AbortController();
    const stop = () => attempt.abort();
    signal.addEventListener('abort', stop);
    window.addEventListener('offline', stop);
    let silence = setTimeout(stop, SILENCE_MILLISECONDS);
    try {
      const response = await send(path, { signal: attempt.signal, priority, headers: { accept: 'text/event-stream', ...sessionHeaders(), ...(lastEventId !== undefined && { 'last-event-id': lastEventId }) } });
      if (!response.ok || response.body === null) throw await problemOf(response);
      onState('live');
      onConnected();
      wait = FIRST_WAIT_MILLISECONDS;
      const heard = response.body.pipeThrough(
        new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
          transform(chunk, controller) {
            clearTimeout(silence);
            silence = setTimeout(stop, SILENCE_MILLISECONDS);
            controller.enqueue(chunk);
          },
        }),
      );
      for await (const { id, event, data } of readEvents(heard)) {
        if (id !== undefined) lastEventId = id;
        onData(JSON.parse(data));
        if (isLast(event)) return;
      }
    } catch {
      // Whatever it was, the answer is the same: say that nothing new is heard, and try again.
    } finally {
      clearTimeout(silence);
      signal.removeEventListener('abort', stop);
      window.removeEventListener('offline', stop);
      attempt.abort();
    }
    if (signal.aborted) return;
    onState('lost');
    await pause(wait, signal);
    wait = Math.min(wait * 2, LONGEST_WAIT_MILLISECONDS);
  }
}

/** Waits, but not longer than until the browser says that the connection is back. */
function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
