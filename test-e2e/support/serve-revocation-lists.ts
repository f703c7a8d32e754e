import { createUziAuthority, type UziAuthority } from '@anw/testing/certificates';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A made-up UZI-register whose revocation lists can be fetched, over plain HTTP as those of public authorities. */
export interface ServedRegister {
  readonly authority: UziAuthority;
  /** False: its lists cannot be had. */
  serving: boolean;
  stop(): Promise<void>;
}

export async function serveUziRegister(): Promise<ServedRegister> {
  const server = createServer((request, response) => {
    const { serving, authority } = register;
    const list = serving ? authority.revocationList(`${base}${request.url}`) : Promise.resolve(undefined);
    void list.then((der) => response.writeHead(der === undefined ? 404 : 200, { 'content-type': 'application/pkix-crl' }).end(der));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://uzi-register.localhost:${(server.address() as AddressInfo).port}`;
  const register: ServedRegister = {
    authority: await createUziAuthority(new Date(), base),
    serving: true,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return register;
}
