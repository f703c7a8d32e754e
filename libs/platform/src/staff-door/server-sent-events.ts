import type { FastifyReply, FastifyRequest } from 'fastify';
import type { OpenStreams } from '../door/open-streams.js';

/** One event of a stream (HTML Standard §9.2); `data` goes as JSON. */
export interface ServerSentEvent {
  /** What a browser that lost its connection sends back as `Last-Event-ID`. */
  readonly id?: string;
  readonly event: string;
  readonly data: unknown;
}

export interface EventStreamOptions {
  readonly streams: OpenStreams;
  /**
   * Whether the listener may still listen, asked at every heartbeat: a session that ended ends its stream.
   */
  readonly stillAllowed: () => Promise<boolean>;
  /** Proxies drop a connection that is silent for long. */
  readonly heartbeatMilliseconds?: number;
}

export interface EventStream {
  /** The id after which the browser wants to hear more, when it was here before. */
  readonly lastEventId: string | undefined;
  /** Sends one event; after the end it does nothing. */
  send(event: ServerSentEvent): void;
  end(): void;
  /** Resolves when the stream has ended, by whichever side. */
  readonly ended: Promise<void>;
}

const HEARTBEAT_MILLISECONDS = 15_000;
/** A browser that does not read must not fill our memory. */
const MAX_UNSENT_BYTES = 1024 * 1024;

/** Opens a stream of server-sent events on this reply. The controller takes the reply with `@Res()` and returns nothing. */
export function openEventStream(request: FastifyRequest, reply: FastifyReply, { streams, stillAllowed, heartbeatMilliseconds = HEARTBEAT_MILLISECONDS }: EventStreamOptions): EventStream {
  reply.hijack();
  const { raw } = reply;
  const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) raw.setHeader(name, value);
  // Headers at once: the page knows that it is connected before the first event.
  raw.writeHead(200).write('retry: 1000\n\n');
  let open = true;
  const end = () => {
    if (open) raw.end();
    open = false;
  };
  const forget = streams.add(end);
  const write = (text: string) => {
    if (!open) return;
    if (raw.writableLength > MAX_UNSENT_BYTES) end();
    else raw.write(text);
  };
  const heartbeat = setInterval(() => {
    stillAllowed().then(
      (allowed) => (allowed ? write(': \n\n') : end()),
      // Not knowing for a moment, as when the database restarts, ends no one's stream; the page shows nothing new meanwhile.
      () => write(': \n\n'),
    );
  }, heartbeatMilliseconds);
  const ended = new Promise<void>((resolve) => {
    const close = () => {
      open = false;
      clearInterval(heartbeat);
      forget();
      resolve();
    };
    // Who left before we answered closes nothing any more.
    if (raw.closed) close();
    else raw.once('close', close);
  });
  const lastEventId = request.headers['last-event-id'];
  return { lastEventId: typeof lastEventId === 'string' ? lastEventId.slice(0, 200) : undefined, send: (event) => write(serialize(event)), end, ended };
}

/** JSON holds no line break, so one `data:` line does; ids and names are ours, line breaks in them would forge events. */
function serialize({ id, event, data }: ServerSentEvent): string {
  const lines = [...(id === undefined ? [] : [`id: ${oneLine(id)}`]), `event: ${oneLine(event)}`, `data: ${JSON.stringify(data)}`];
  return `${lines.join('\n')}\n\n`;
}

function oneLine(text: string): string {
  return text.replace(/[\r\n\0]/g, ' ');
}
