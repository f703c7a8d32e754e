import { Duplex } from 'node:stream';
import { Client } from 'undici';

/** More than a connection hands over at once. */
const SIZE = 256 * 1024;

/**
 * undici parses every answer in one buffer of its own, which keeps the last of what was read until something longer
 * takes its place. This parses an answer of zeros that is longer than any, from no network at all, so that it does.
 */
export async function overwriteParserMemory(): Promise<void> {
  const client = new Client('http://nobody.invalid', { connect: (_options, callback) => process.nextTick(callback, null, answerOfZeros()) });
  try {
    const { body } = await client.request({ method: 'GET', path: '/' });
    for await (const chunk of body) void chunk;
  } finally {
    await client.destroy();
  }
}

function answerOfZeros(): Duplex {
  const answer = Buffer.alloc(SIZE);
  const head = `HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length: `;
  const length = SIZE - head.length - `${SIZE}\r\n\r\n`.length;
  answer.write(`${head}${String(length).padStart(String(SIZE).length, '0')}\r\n\r\n`, 'latin1');
  const connection: Duplex = new Duplex({
    readableHighWaterMark: 2 * SIZE,
    read: () => undefined,
    write: (_chunk, _encoding, done) => {
      connection.push(answer);
      done();
    },
  });
  return connection;
}
