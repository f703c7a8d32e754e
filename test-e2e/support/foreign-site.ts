import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Another software's web site on an origin of its own, which shows one address in a frame. */
export interface ForeignSite {
  readonly origin: string;
  /** Address of its page with this one in a frame. */
  framing(url: string): string;
  close(): Promise<void>;
}

export async function startForeignSite(): Promise<ForeignSite> {
  const server = createServer((request, response) => {
    const framed = new URL(request.url ?? '/', 'http://localhost').searchParams.get('url') ?? '';
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="nl"><title>ECD</title><h1>ECD</h1><iframe title="ANW" width="380" height="700" src="${framed.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"></iframe>`);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // Another host name than the services', so that the browser takes it for another site.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    framing: (url) => `${origin}/?${new URLSearchParams({ url }).toString()}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
