import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

const CHUNK = 8 * 1024 * 1024;

/** Every text of this form that a running process has in its writable memory, as UTF-8 or UTF-16. Linux only. */
export interface MemorySearch {
  /** Each text with the kind of memory that it was found in last: `[heap]`, `[stack]`, or empty for what was mapped. */
  readonly found: ReadonlyMap<string, string>;
  /** How much was searched, in bytes. */
  readonly searched: number;
}

/**
 * Reads all writable memory of a process of ours (`/proc/<pid>/mem`). @param prefix with which every text begins
 * @param length of every text, in ASCII characters
 */
export function searchMemory(pid: number, prefix: string, length: number): MemorySearch {
  const memory = openSync(`/proc/${pid}/mem`, 'r');
  const chunk = Buffer.alloc(CHUNK);
  const found = new Map<string, string>();
  let searched = 0;
  try {
    for (const { from, until, kind } of writableRegions(pid)) {
      // Regions overlap by a text's length where they are cut, so that none is cut in two.
      for (let at = from; at < until; at += CHUNK - 2 * length) {
        const size = read(memory, chunk, Math.min(CHUNK, until - at), at);
        searched += size;
        for (const text of textsIn(chunk.subarray(0, size), prefix, length)) found.set(text, kind);
      }
    }
  } finally {
    closeSync(memory);
  }
  return { found, searched };
}

function writableRegions(pid: number): readonly { readonly from: number; readonly until: number; readonly kind: string }[] {
  return readFileSync(`/proc/${pid}/maps`, 'latin1')
    .split('\n')
    .flatMap((line) => {
      const [, from, until, kind = ''] = /^([0-9a-f]+)-([0-9a-f]+) rw\S* \S+ \S+ \d+ *(.*)$/.exec(line) ?? [];
      return from === undefined || until === undefined ? [] : [{ from: parseInt(from, 16), until: parseInt(until, 16), kind }];
    });
}

/** A region that went meanwhile, or was never filled, reads as nothing. */
function read(memory: number, chunk: Buffer, size: number, at: number): number {
  try {
    return readSync(memory, chunk, 0, size, at);
  } catch {
    return 0;
  }
}

function textsIn(bytes: Buffer, prefix: string, length: number): readonly string[] {
  return (['latin1', 'utf16le'] as const).flatMap((encoding) => {
    const texts: string[] = [];
    const needle = Buffer.from(prefix, encoding);
    const width = encoding === 'latin1' ? 1 : 2;
    for (let at = bytes.indexOf(needle); at >= 0; at = bytes.indexOf(needle, at + 1)) texts.push(bytes.toString(encoding, at, at + length * width));
    return texts;
  });
}
