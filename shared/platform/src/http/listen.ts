import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type ListenOptions = Readonly<{
  host: string;
  port: number;
  headersTimeoutMs?: number;
  requestTimeoutMs?: number;
  keepAliveTimeoutMs?: number;
}>;

export type Listening = Readonly<{
  url: string;
  port: number;
  /** Goes on serving, but asks with every answer to close the connection, so that clients come back to another copy. */
  drain: () => void;
  /** Takes no new connection, lets running requests end, then cuts the rest. */
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
      return close(server, deadlineMs);
    },
  };
}

async function close(server: Server, deadlineMs: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), deadlineMs);
  await closed;
  clearTimeout(timer);
}
