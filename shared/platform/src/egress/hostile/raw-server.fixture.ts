import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';

export type Serve = (socket: Socket, heard: string) => void;
export type RawServer = Readonly<{
  port: number;
  /** What each connection has said. */
  heard: string[];
  close: () => Promise<void>;
}>;

/**
 * A server that speaks bytes and knows no HTTP, so that it can answer whatever it likes. `serve` runs once for each
 * connection, when the head of a request has come.
 */
export async function rawServer(serve: Serve, host = '127.0.0.1'): Promise<RawServer> {
  const heard: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const at = heard.push('') - 1;
    sockets.add(socket);
    let isServed = false;
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (part) => {
      heard[at] += part.toString('latin1');
      if (isServed || !heard[at]?.includes('\r\n\r\n')) return;
      isServed = true;
      serve(socket, heard[at] ?? '');
    });
  });
  const port = await portOf(server, host);
  const close = (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { port, heard, close };
}

/** Listens on a free port. */
export const portOf = (server: Server, host = '127.0.0.1'): Promise<number> =>
  new Promise((resolve) => server.listen(0, host, () => resolve((server.address() as AddressInfo).port)));

/** Says the same for as long as the line takes it. */
export function saysForever(socket: Socket, text: string | Buffer): void {
  const more = (): void => {
    while (!socket.destroyed && socket.write(text));
    if (!socket.destroyed) socket.once('drain', more);
  };
  more();
}

/** Says a text a byte at a time. */
export function drips(socket: Socket, text: string, everyMs = 20): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.destroyed || at >= text.length) clearInterval(timer);
    else socket.write(text[at++] ?? '');
  }, everyMs);
}
