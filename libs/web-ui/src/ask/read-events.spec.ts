import { readEvents, type ReceivedEvent } from './read-events.js';

const bytes = new TextEncoder();

async function read(...chunks: readonly (string | Uint8Array)[]): Promise<readonly ReceivedEvent[]> {
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(typeof chunk === 'string' ? bytes.encode(chunk) : chunk);
      controller.close();
    },
  });
  const events: ReceivedEvent[] = [];
  for await (const event of readEvents(body)) events.push(event);
  return events;
}

describe('server-sent events (HTML Standard §9.2.6)', () => {
  it('have an id, a name and data', async () => expect(await read('id: 7\nevent: route\ndata: {"a":1}\n\n')).toEqual([{ id: '7', event: 'route', data: '{"a":1}' }]));
  it('without a name are a message, without an id have none', async () => expect(await read('data:x\n\n')).toEqual([{ id: undefined, event: 'message', data: 'x' }]));
  it('of more lines of data are one text', async () => expect(await read('data: a\ndata:  b\n\n')).toEqual([{ id: undefined, event: 'message', data: 'a\n b' }]));
  it('are no comments and no time to retry', async () => expect(await read(': still here\n\nretry: 3000\n\ndata: x\n\n')).toHaveLength(1));
  it('come whole however the wire cuts them, within a letter too', async () => {
    const whole = bytes.encode('data: één\n\ndata: twee\n\n');
    const cuts = [...whole].map((_byte, at) => read(whole.slice(0, at), whole.slice(at)));
    for (const events of await Promise.all(cuts)) expect(events.map(({ data }) => data)).toEqual(['één', 'twee']);
  });
  it('that never ended are no event', async () => expect(await read('data: a\n\ndata: b\n')).toEqual([{ id: undefined, event: 'message', data: 'a' }]));

  it('are let go of when nobody reads on', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({ pull: (controller) => controller.enqueue(bytes.encode('data: x\n\n')), cancel: () => void (cancelled = true) });
    for await (const { data } of readEvents(body)) if (data === 'x') break;
    expect(cancelled).toBe(true);
  });
});
