/** One line of a stream: its bytes without the line end, or that it was longer than allowed. */
export interface StreamLine {
  /** From 1, as an editor counts. */
  readonly number: number;
  readonly bytes: Uint8Array | 'too-long';
}

const LINE_FEED = 0x0a;

/** The lines of a stream as they come, empty ones left out; no more than one line is held. */
export async function* splitLines(stream: AsyncIterable<Uint8Array>, maxLineBytes: number): AsyncGenerator<StreamLine> {
  let number = 1;
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(LINE_FEED); end !== -1; end = chunk.indexOf(LINE_FEED, start)) {
      keep(chunk.subarray(start, end));
      yield* taken();
      number += 1;
      start = end + 1;
    }
    keep(chunk.subarray(start));
  }
  yield* taken();

  function keep(part: Uint8Array): void {
    size += part.length;
    if (size <= maxLineBytes) held.push(part);
    else held = [];
  }

  function* taken(): Generator<StreamLine> {
    const bytes = size > maxLineBytes ? ('too-long' as const) : Buffer.concat(held);
    held = [];
    size = 0;
    if (bytes === 'too-long' || !isBlank(bytes)) yield { number, bytes };
  }
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
