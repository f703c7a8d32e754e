import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { ProblemError } from '../errors/problem-error.js';
import type { ProblemName } from '../errors/problem-types.js';
import { type Language, toProblem } from '../errors/to-problem.js';
import type { ServiceLogger } from '../logging/service-logger.js';

/** What Node's HTTP parser says of bytes that never become a request; anything else it says is about their form. */
const problems: Readonly<Record<string, ProblemName>> = { HPE_HEADER_OVERFLOW: 'headers-too-large', ERR_HTTP_REQUEST_TIMEOUT: 'request-timeout' };

/**
 * Answers bytes that are no HTTP request with problem details and hangs up: there is no path yet to choose a dialect by,
 * and what follows on such a connection cannot be trusted. The log keeps the parser's code, never the bytes.
 */
export function answerClientErrors(door: string, language: Language, logger: ServiceLogger): (error: NodeJS.ErrnoException, socket: Socket) => void {
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const reference = randomUUID();
    const { status, contentType, body, headers } = toProblem(new ProblemError(problems[error.code ?? ''] ?? 'invalid-request'), reference, language);
    logger.warn('no HTTP request', { door, code: error.code ?? 'unknown', status, reference });
    if (!socket.writable) return void socket.destroy(error);
    const lines = Object.entries({ 'content-type': contentType, 'content-length': Buffer.byteLength(body), 'x-content-type-options': 'nosniff', connection: 'close', ...headers });
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${asksForHead(error) ? '' : body}`, () => socket.destroy());
  };
}

/**
 * "The server MUST NOT send content in the response" to a HEAD request (RFC 9110 §9.3.2): a client would take it for another
 * answer. Of one whose head takes more than one packet the parser keeps the last, and nobody can tell its method any more.
 */
function asksForHead(error: object): boolean {
  const { rawPacket } = error as { readonly rawPacket?: Buffer };
  return rawPacket?.subarray(0, 5).toString('latin1') === 'HEAD ';
}
