import fc from 'fast-check';

/** What bytes are sent to: a path that refuses whoever asks it so, and one that answers anybody, to be smuggled in behind it. */
export interface BytesTarget {
  readonly guarded: string;
  readonly open: string;
}

type Bytes = (target: BytesTarget) => string;

const post = ({ guarded }: BytesTarget, lines: string, body = '') => `POST ${guarded} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n${lines}\r\n\r\n${body}`;
const get = ({ guarded }: BytesTarget, lines: string) => `GET ${guarded} HTTP/1.1\r\nhost: x\r\n${lines}\r\n\r\n`;
const smuggled = ({ open }: BytesTarget) => `GET ${open} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`;

/** Framing that two servers read differently: what comes behind it must never be answered. */
const framing: fc.Arbitrary<Bytes> = fc.oneof(
  fc.tuple(fc.nat(60), fc.constantFrom('chunked', 'Chunked', 'x, chunked')).map(([length, coding]): Bytes => (target) => post(target, `content-length: ${length}\r\ntransfer-encoding: ${coding}`, `0\r\n\r\n${smuggled(target)}`)),
  fc.constantFrom('xchunked', 'chunked, identity', 'identity', 'chunked\u000b', 'chunked;q=1', '"chunked"', 'gzip').map((coding): Bytes => (target) => post(target, `transfer-encoding: ${coding}`, `0\r\n\r\n${smuggled(target)}`)),
  fc.tuple(fc.nat(40), fc.integer({ min: 41, max: 90 })).map(([one, other]): Bytes => (target) => post(target, `content-length: ${one}\r\ncontent-length: ${other}`, smuggled(target))),
  fc.constantFrom('+5', '-1', '5, 6', '0x5', '5a', '1e1', '99999999999999999999', '', '５').map((length): Bytes => (target) => post(target, `content-length: ${length}`, smuggled(target))),
  fc.constantFrom('fffffffffffffffffff\r\nx', '-5\r\nhello\r\n', '5 x\r\nhello\r\n', 'g\r\n', '\r\n\r\n', `5;${'x'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`).map((chunk): Bytes => (target) => post(target, 'transfer-encoding: chunked', chunk + smuggled(target))),
);

/** Header lines that are none. */
const lines: fc.Arbitrary<Bytes> = fc
  .oneof(
    fc.constantFrom('a b: c', ': c', 'a : b', 'a', '\ta: b', 'a: b\r\n c', 'a: b\u0000c', 'a: b\rc: d', 'a\u0000b: c', 'a: \u0001', 'é: x', 'host: y', '(a): b', 'a\u007f: b'),
    fc.integer({ min: 17_000, max: 60_000 }).map((length) => `a: ${'x'.repeat(length)}`),
    fc.integer({ min: 3_000, max: 6_000 }).map((count) => Array.from({ length: count }, (_, index) => `a${index}: b`).join('\r\n')),
    fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom('\u0000', '\u0001', '\u0008', '\u001f', '\u007f', ' ') }).map((text) => `${text}: b`),
  )
  .map((line): Bytes => (target) => get(target, line));

const requestLine: fc.Arbitrary<Bytes> = fc.oneof(
  fc.constantFrom<Bytes>(
    ({ guarded }) => `GET ${guarded} HTTP/1.1\n\n`,
    ({ guarded }) => `GET ${guarded} HTTP/1.1\r\n\r\n`,
    ({ guarded }) => `GET ${guarded}\r\n\r\n`,
    ({ guarded }) => `GET ${guarded} HTTP/9.9\r\nhost: x\r\n\r\n`,
    ({ guarded }) => `GET ${guarded} HTTP/1.1 x\r\nhost: x\r\n\r\n`,
    ({ guarded }) => `get ${guarded} HTTP/1.1\r\nhost: x\r\n\r\n`,
    ({ guarded }) => `GET\t${guarded}\tHTTP/1.1\r\nhost: x\r\n\r\n`,
    ({ guarded }) => `BREW ${guarded} HTTP/1.1\r\nhost: x\r\n\r\n`,
    ({ guarded }) => `GET ${guarded}\u0000 HTTP/1.1\r\nhost: x\r\n\r\n`,
    ({ guarded }) => `CONNECT ${guarded} HTTP/1.1\r\nhost: x\r\n\r\n`,
    () => 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nhost: 127.0.0.1:22\r\n\r\n',
    () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
    ({ guarded }) => `HTTP/1.1 200 OK\r\nlocation: ${guarded}\r\n\r\n`,
  ),
  fc.string({ minLength: 1, maxLength: 20, unit: 'binary' }).map((text): Bytes => ({ guarded }) => `GET ${guarded}/${text.replace(/[\r\n]/g, '')} HTTP/1.1\r\nhost: x\r\n\r\n`),
  fc.integer({ min: 17_000, max: 70_000 }).map((length): Bytes => ({ guarded }) => `GET ${guarded}/${'a'.repeat(length)} HTTP/1.1\r\nhost: x\r\n\r\n`),
);

const noise: fc.Arbitrary<Bytes> = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes): Bytes => () => Buffer.from([0x16, ...bytes]).toString('latin1'));

/** Bytes that are no request, or one that is guarded; whatever is answered with success is a hole. */
export const hostileBytes: fc.Arbitrary<Bytes> = fc.oneof({ weight: 4, arbitrary: framing }, { weight: 3, arbitrary: lines }, { weight: 2, arbitrary: requestLine }, { weight: 1, arbitrary: noise });
