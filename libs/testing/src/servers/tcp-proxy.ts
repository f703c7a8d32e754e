import { connect, createServer, type Server, type Socket } from 'node:net';

/** A wire to a server that a spec can cut and mend: what the client sees when the server stops, or is not there yet. */
export interface TcpProxy {
  /** The server's address with the proxy in its place. */
  readonly url: string;
  /** Ends every connection and refuses new ones. */
  cut(): Promise<void>;
  /** @param toServerUrl another server from now on, such as one that came back without its data. */
  mend(toServerUrl?: string): Promise<void>;
  stop(): Promise<void>;
}

/** @param serverUrl of the server behind it. */
export async function startTcpProxy(serverUrl: string, port: number): Promise<TcpProxy> {
  const sockets = new Set<Socket>();
  let server: Server | undefined;

  async function mend(toServerUrl = serverUrl): Promise<void> {
    const target = new URL(toServerUrl);
    server ??= await listen(port, (client) => join(client, connect(Number(target.port), target.hostname), sockets));
  }

  async function cut(): Promise<void> {
    const cutServer = server;
    server = undefined;
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => (cutServer === undefined ? resolve() : cutServer.close(() => resolve())));
  }

  return { url: Object.assign(new URL(serverUrl), { hostname: '127.0.0.1', port: String(port) }).toString(), cut, mend, stop: cut };
}

function join(client: Socket, upstream: Socket, sockets: Set<Socket>): void {
  for (const [socket, other] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      other.destroy();
    });
    socket.on('error', () => undefined);
    socket.pipe(other);
  }
}

function listen(port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer(onConnection);
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server));
  });
}
