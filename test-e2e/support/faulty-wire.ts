import type { Region } from '@anw/region';
import { freePort } from '@anw/testing';
import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { Agent, createServer, request as httpsRequest, type RequestOptions } from 'node:https';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import type { TLSSocket } from 'node:tls';

/** What the wire did to the writes that it carried. */
export interface WireCounts {
  /** Requests that write, as the actor sent them. */
  asked: number;
  /** Writes that reached the custodian again under a name that had reached it before. */
  repeated: number;
  lostOnTheWay: number;
  answersLost: number;
  duplicated: number;
  delayed: number;
  refusedOnTheWay: number;
}

export interface FaultyWire {
  readonly counts: WireCounts;
  /** From now on everything arrives, once and in order. */
  mend(): void;
  stop(): Promise<void>;
}

interface Message {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Stands where the custodian's partner door stood, which moves to another port: whoever writes a FHIR resource meets a wire
 * that loses requests, loses answers, sends twice, holds back and answers in the custodian's place. Shows each service to the
 * custodian with that service's own certificate.
 * @param random in [0, 1): the faults follow from it
 */
export async function putFaultyWire(region: Region, random: () => number): Promise<FaultyWire> {
  const custodian = region.service('custodian');
  const { hostname, port } = new URL(custodian.urls.partner);
  const moved = await freePort();
  await custodian.stop();
  custodian.environment['PARTNER_PORT'] = String(moved);
  await custodian.start();

  const own = await pairOf(custodian.environment);
  const callers = await Promise.all((['actor', 'regisseur'] as const).map((name) => pairOf(region.service(name).environment)));
  const ca = await readFile(custodian.environment['TLS_TRUST_FILE']!);
  const agents = new Map(callers.map(({ fingerprint, cert, key }) => [fingerprint, new Agent({ keepAlive: true, ca, cert, key, servername: hostname })]));
  const counts: WireCounts = { asked: 0, repeated: 0, lostOnTheWay: 0, answersLost: 0, duplicated: 0, delayed: 0, refusedOnTheWay: 0 };
  const known = new Set<string>();
  let faulty = true;

  const server = createServer({ cert: own.cert, key: own.key, ca, requestCert: true, rejectUnauthorized: false }, (incoming, outgoing) => {
    carry(incoming, outgoing).catch(() => incoming.socket.destroy());
  });

  async function carry(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const message = { method: incoming.method!, url: incoming.url!, headers: incoming.headers, body: await readAll(incoming) };
    const { fingerprint256 } = (incoming.socket as TLSSocket).getPeerCertificate();
    const forward = () => send(message, { agent: agents.get(fingerprint256)!, host: '127.0.0.1', port: moved });
    const isWrite = message.method === 'POST' && message.url.startsWith('/fhir/');
    if (!isWrite) return answer(outgoing, await forward());
    counts.asked += 1;
    await carryWrite(incoming, outgoing, () => (count(message), forward()));
  }

  async function carryWrite(incoming: IncomingMessage, outgoing: ServerResponse, forward: () => Promise<Answer>): Promise<void> {
    const chance = faulty ? random() : 1;
    if (chance < 0.12) {
      counts.lostOnTheWay += 1;
      incoming.socket.destroy();
    } else if (chance < 0.27) {
      counts.answersLost += 1;
      await forward();
      incoming.socket.destroy();
    } else if (chance < 0.37) {
      counts.duplicated += 1;
      const answers = await Promise.all([forward(), forward()]);
      answer(outgoing, answers[random() < 0.5 ? 0 : 1]!);
    } else if (chance < 0.47) {
      counts.delayed += 1;
      await new Promise((resolve) => setTimeout(resolve, random() * 400));
      answer(outgoing, await forward());
    } else if (chance < 0.52) {
      counts.refusedOnTheWay += 1;
      if (random() < 0.5) await forward();
      answer(outgoing, { status: 503, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>Service Unavailable</h1>') });
    } else answer(outgoing, await forward());
  }

  function count({ body }: Message): void {
    const [name] = /urn:uuid:[0-9a-f-]{36}/.exec(body.toString('utf8')) ?? [];
    if (name === undefined) return;
    if (known.has(name)) counts.repeated += 1;
    known.add(name);
  }

  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
  return {
    counts,
    mend: () => void (faulty = false),
    async stop() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      for (const agent of agents.values()) agent.destroy();
    },
  };
}

async function pairOf(environment: NodeJS.ProcessEnv): Promise<{ readonly cert: Buffer; readonly key: Buffer; readonly fingerprint: string }> {
  const [cert, key] = await Promise.all([readFile(environment['TLS_CERTIFICATE_FILE']!), readFile(environment['TLS_PRIVATE_KEY_FILE']!)]);
  return { cert, key, fingerprint: new X509Certificate(cert).fingerprint256 };
}

async function readAll(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function send({ method, url, headers, body }: Message, options: RequestOptions): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = httpsRequest({ ...options, method, path: url, headers }, (answered) => {
      readAll(answered).then((text) => resolve({ status: answered.statusCode ?? 502, headers: answered.headers, body: text }), reject);
    });
    outgoing.once('error', reject);
    outgoing.end(body);
  });
}

function answer(outgoing: ServerResponse, { status, headers, body }: Answer): void {
  const { 'transfer-encoding': _encoding, connection: _connection, ...rest } = headers;
  outgoing.writeHead(status, { ...rest, 'content-length': String(body.length) }).end(body);
}
