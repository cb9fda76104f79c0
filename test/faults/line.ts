import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A line to a server on loopback that a test can disturb.
 *   slow    every byte arrives later, both ways
 *   silent  nothing arrives any more, without an error: old and new connections hang
 *   stale   old connections hang for ever, and new ones work, as after a router lost its table
 */
export type Line = Readonly<{
  /** The address of the server, through this line. */
  url: string;
  slow: (ms: number) => void;
  silent: () => void;
  stale: () => void;
  /** Repairs the line. Stale connections stay stale. */
  well: () => void;
  close: () => Promise<void>;
}>;

export async function lineTo(url: string): Promise<Line> {
  const { hostname, port, protocol } = new URL(url);
  const pairs = new Set<{ sockets: readonly [Socket, Socket]; stale: boolean }>();
  let delayMs = 0;
  let silent = false;

  const server = createServer((near) => {
    const far = connect({ host: hostname, port: Number(port) });
    const pair = { sockets: [near, far] as const, stale: false };
    pairs.add(pair);
    const isMute = (): boolean => silent || pair.stale;
    const forward = (from: Socket, to: Socket): void => {
      // One after the other, whatever the delay is meanwhile: a line may be late, but it keeps the order.
      let last = Promise.resolve();
      const later = (work: () => void): void => {
        const due = delayMs === 0 ? undefined : pause(delayMs);
        last = last.then(() => due).then(() => void (isMute() || to.destroyed || work()));
      };
      from.on('data', (bytes) => later(() => to.write(bytes)));
      from.on('error', () => undefined);
      from.on('close', () => {
        if (isMute()) return;
        later(() => to.destroy());
        pairs.delete(pair);
      });
    };
    forward(near, far);
    forward(far, near);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const own = new URL(url);
  own.host = `127.0.0.1:${(server.address() as { port: number }).port}`;
  return {
    url: protocol === 'http:' ? own.origin : own.href.replace(/\/$/, url.endsWith('/') ? '/' : ''),
    slow: (ms) => {
      delayMs = ms;
    },
    silent: () => {
      silent = true;
    },
    stale: () => {
      for (const pair of pairs) pair.stale = true;
    },
    well: () => {
      // Silent connections lost bytes, so they must not continue.
      if (silent) for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
      silent = false;
      delayMs = 0;
    },
    async close() {
      for (const { sockets } of pairs) for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
