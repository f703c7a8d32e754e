import { readFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { Region, ServiceName } from '@anw/region';

export interface PartnerAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Asks a partner door as somebody without a client certificate does. */
export async function askPartnerDoor({ file }: Pick<Region, 'file'>, service: ServiceName, path: string, { method = 'GET', contentType, body }: { readonly method?: string; readonly contentType?: string; readonly body?: string | Buffer } = {}): Promise<PartnerAnswer> {
  const url = new URL(file.services[service].partner + path);
  const ca = await readFile(file.authority.certificate);
  return new Promise((resolve, reject) => {
    // RFC 6761: names below localhost are this machine, whatever its resolver says.
    const options = { host: '127.0.0.1', port: url.port, servername: url.hostname, path: url.pathname, method, ca, agent: false, headers: { host: url.host, ...(contentType !== undefined && { 'content-type': contentType }) } };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode ?? 0, contentType: response.headers['content-type'] ?? '', body: Buffer.concat(chunks).toString() }));
    });
    sent.on('error', reject);
    sent.end(body);
  });
}
