import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface RawRequest {
  readonly method?: string;
  /** Goes out as it is: nothing is resolved or escaped. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

export interface RawAnswer {
  readonly status: number;
  /** Without parameters. */
  readonly contentType: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** A caller that tidies nothing up: `fetch` would resolve `..`, escape control characters and refuse odd methods. */
export type RawClient = (base: string, request: RawRequest) => Promise<RawAnswer>;

/** @param ca PEM of the authority that the partner doors' certificates come from */
export function createRawClient(ca: string): RawClient {
  return (base, { method = 'GET', path, headers = {}, body }) => {
    const { protocol, hostname, port } = new URL(base);
    const options = { host: '127.0.0.1', port, method, path, headers: { host: `${hostname}:${port}`, ...headers }, agent: false } as const;
    return new Promise((resolve, reject) => {
      const take = (incoming: IncomingMessage) => void read(incoming).then(resolve, reject);
      const outgoing = protocol === 'https:' ? httpsRequest({ ...options, ca, servername: hostname }, take) : httpRequest(options, take);
      outgoing.on('error', reject);
      outgoing.end(body);
    });
  };
}

async function read(incoming: IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [contentType = ''] = (incoming.headers['content-type'] ?? '').split(';');
  return { status: incoming.statusCode ?? 0, contentType, headers: incoming.headers, text: Buffer.concat(chunks).toString() };
}

/** Sends bytes that are no HTTP and reads until the door hangs up. */
export function sendBytes(base: string, ca: string, bytes: string): Promise<string> {
  const { protocol, hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    const place = { host: '127.0.0.1', port: Number(port) };
    const socket = protocol === 'https:' ? connectTls({ ...place, ca, servername: hostname }) : connectTcp(place);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.write(bytes);
  });
}
