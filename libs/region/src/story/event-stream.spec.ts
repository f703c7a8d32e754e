import { readEvents, type ServerSentEvent } from './event-stream.js';

async function read(...chunks: string[]): Promise<ServerSentEvent[]> {
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(new TextEncoder().encode(chunk));
      controller.close();
    },
  });
  const events: ServerSentEvent[] = [];
  for await (const event of readEvents(stream, new AbortController().signal)) events.push(event);
  return events;
}

describe('server-sent events as a browser reads them', () => {
  it('come with id, type and data', async () => {
    expect(await read('id: 7\nevent: route\ndata: {"a":1}\n\n')).toEqual([{ id: '7', type: 'route', data: '{"a":1}' }]);
  });

  it('are put together from pieces, with either line end', async () => {
    expect(await read('data: on', 'e\r\n\r\nda', 'ta: two\n\n')).toEqual([
      { id: undefined, type: 'message', data: 'one' },
      { id: undefined, type: 'message', data: 'two' },
    ]);
  });

  it('join several lines of data, and leave heartbeats out', async () => {
    expect(await read(': still here\n\ndata: a\ndata: b\n\n')).toEqual([{ id: undefined, type: 'message', data: 'a\nb' }]);
  });
});
