import { createServer, type Server } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Database, DatabaseUnavailableError } from './database.js';

const message = (type: string, body: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeInt32BE(body.length + 4);
  return Buffer.concat([Buffer.from(type), length, body]);
};
const authenticated = message('R', Buffer.alloc(4));
const ready = message('Z', Buffer.from('I'));
const terminated = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'));

describe('connection that the server ends in the same packet as its greeting', () => {
  let server: Server;
  beforeEach(async () => {
    server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => socket.end(Buffer.concat([authenticated, ready, terminated])));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it('is told as an unavailable database, and does not end the process', async () => {
    const url = `postgres://anw@127.0.0.1:${(server.address() as AddressInfo).port}/anw`;
    const database = new Database({ url, applicationName: 'spec', entities: [], migrations: [] });
    await expect(database.connect()).rejects.toThrow(DatabaseUnavailableError);
  });
});
