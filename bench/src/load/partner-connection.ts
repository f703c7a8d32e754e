import type { TestPartner } from '@anw/testing';
import { Pool } from 'undici';

/** Enough for the load that one process makes; each stays open, as between real partners. */
const CONNECTIONS = 8;

export interface PartnerRequest {
  readonly method: 'GET' | 'POST';
  /** Path and query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface PartnerConnection {
  /** Answers the body. @throws Error when the status is another than expected */
  ask(request: PartnerRequest, expected: number): Promise<string>;
}

/** Connections over mutual TLS to the service behind a URL, on this machine. */
export function connectTo({ host, hostname, port }: URL, actor: TestPartner, trust: string): PartnerConnection {
  const { certificatePem: cert, privateKeyPem: key } = actor.certificate;
  // Names below `localhost` are this machine (RFC 6761), which not every resolver knows.
  const pool = new Pool(`https://127.0.0.1:${port}`, { connections: CONNECTIONS, connect: { servername: hostname, ca: trust, cert, key } });
  return {
    ask: async ({ headers, ...request }, expected) => {
      const { statusCode, body } = await pool.request({ ...request, headers: { host, ...headers } });
      const text = await body.text();
      if (statusCode !== expected) throw new Error(`status ${statusCode}: ${text}`);
      return text;
    },
  };
}
