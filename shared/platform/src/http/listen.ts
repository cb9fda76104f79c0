import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

/** Takes over a connection whose client asks for another protocol. Whatever is answered, it must end the connection. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

export type ListenOptions = Readonly<{
  host: string;
  port: number;
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
  keepAliveTimeoutMs?: number;
  /** For clients that ask for a WebSocket. Left out, they are answered as if they had not asked. */
  upgrade?: UpgradeListener;
}>;

export type Listening = Readonly<{
  url: string;
  port: number;
  /** Goes on serving, but asks with every answer to close the connection, so that clients come back to another copy. */
  drain: () => void;
  /** Takes no new connection, lets running requests end, then cuts the rest, upgraded connections too. */
  close: (deadlineMs?: number) => Promise<void>;
}>;

/** Serves until closed. Connections with slow headers or bodies are cut off. */
export async function listen(app: RequestListener, options: ListenOptions): Promise<Listening> {
  let draining = false;
  const underWay = new Set<ServerResponse>();
  const server = createServer(
    {
      maxHeaderSize: 16_384,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: options.keepAliveTimeoutMs ?? 65_000,
    },
    (request, response) => {
      underWay.add(response);
      response.once('close', () => underWay.delete(response));
      if (draining) response.setHeader('Connection', 'close');
      app(request, response);
    },
  );
  server.headersTimeout = options.headersTimeoutMs ?? 5_000;
  server.requestTimeout = options.requestTimeoutMs ?? 15_000;
  server.maxHeadersCount = 100;
  const upgraded = takeUpgrades(server, options.upgrade);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, options.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  const host = options.host.includes(':') ? `[${options.host}]` : options.host;
  const drain = (): void => {
    draining = true;
    for (const response of underWay) if (!response.headersSent) response.setHeader('Connection', 'close');
  };
  return {
    url: `http://${host}:${port}`,
    port,
    drain,
    close(deadlineMs = 5_000) {
      drain();
      return close(server, upgraded, deadlineMs);
    },
  };
}

/** Node forgets a connection once it is upgraded, and yet does not close while one is open. So they are kept here. */
function takeUpgrades(server: Server, upgrade: UpgradeListener | undefined): ReadonlySet<Duplex> {
  const upgraded = new Set<Duplex>();
  if (upgrade !== undefined)
    server.on('upgrade', (request, socket, head) => {
      upgraded.add(socket);
      socket.once('close', () => upgraded.delete(socket));
      // Until somebody listens, an error of the connection would end the process.
      socket.on('error', () => socket.destroy());
      upgrade(request, socket, head);
    });
  return upgraded;
}

async function close(server: Server, upgraded: ReadonlySet<Duplex>, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => {
    server.closeAllConnections();
    for (const socket of upgraded) socket.destroy();
  }, deadlineMs);
  await closed;
  clearTimeout(timer);
}
