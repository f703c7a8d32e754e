import type { CertificatePair } from '@anw/testing';
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export interface RawRequest {
  readonly method?: string;
  /** Goes out as it is: nothing is resolved or escaped. */
  readonly path: string;
  /** Several values are so many lines. */
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
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

/** A connection for each request. @param ca PEM of the authority that the partner doors' certificates come from */
export function createRawClient(ca: string): RawClient {
  return (base, request) => send(base, request, { ca });
}

/** Connections that are kept, for very many requests; with a client certificate where one is given. */
export function createKeptRawClient(ca: string, certificate?: CertificatePair): { readonly send: RawClient; close(): void } {
  const own = certificate && { cert: certificate.certificatePem, key: certificate.privateKeyPem };
  const agents = { http: new HttpAgent({ keepAlive: true, maxSockets: 8 }), https: new HttpsAgent({ keepAlive: true, maxSockets: 8, ...own }) };
  return {
    send: (base, request) => send(base, request, { ca, agents }),
    close: () => {
      for (const agent of Object.values(agents)) agent.destroy();
    },
  };
}

interface Way {
  readonly ca: string;
  readonly agents?: { readonly http: HttpAgent; readonly https: HttpsAgent };
}

function send(base: string, { method = 'GET', path, headers = {}, body }: RawRequest, { ca, agents }: Way): Promise<RawAnswer> {
  const { protocol, hostname, port } = new URL(base);
  // Node would send the body of a GET without saying how long it is.
  const framing = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) };
  const options = { host: '127.0.0.1', port, method, path, headers: { host: `${hostname}:${port}`, ...framing, ...headers } } as const;
  return new Promise((resolve, reject) => {
    const take = (incoming: IncomingMessage) => void read(incoming).then(resolve, reject);
    const outgoing =
      protocol === 'https:' ? httpsRequest({ ...options, agent: agents?.https ?? false, ca, servername: hostname }, take) : httpRequest({ ...options, agent: agents?.http ?? false }, take);
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

async function read(incoming: IncomingMessage): Promise<RawAnswer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const [contentType = ''] = (incoming.headers['content-type'] ?? '').split(';');
  return { status: incoming.statusCode ?? 0, contentType, headers: incoming.headers, text: Buffer.concat(chunks).toString() };
}

/** Sends bytes and reads what comes back until the door hangs up or has been silent for so many milliseconds. */
export function exchangeBytes(base: string, ca: string, bytes: string | Buffer, silence: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connectTo(base, ca);
    const chunks: Buffer[] = [];
    socket.setTimeout(silence, () => socket.destroy());
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('latin1')));
    socket.write(bytes);
  });
}

/** Sends bytes that are no HTTP and reads until the door hangs up. */
export function sendBytes(base: string, ca: string, bytes: string | Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connectTo(base, ca);
    const chunks: Buffer[] = [];
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => resolve(Buffer.concat(chunks).toString()));
    socket.write(bytes);
  });
}

function connectTo(base: string, ca: string): Socket {
  const { protocol, hostname, port } = new URL(base);
  const place = { host: '127.0.0.1', port: Number(port) };
  return protocol === 'https:' ? connectTls({ ...place, ca, servername: hostname }) : connectTcp(place);
}
