import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/**
 * A line to a server on loopback that a test can spoil.
 *   slow    every byte arrives so much later, both ways
 *   silent  nothing arrives any more, and nobody is told: what is connected hangs, and what connects is taken and hangs
 *   stale   what is connected hangs for ever; what connects from now on is well, as after a router forgot its table
 */
export type Line = Readonly<{
  /** The address of the server, through this line. */
  url: string;
  slow: (ms: number) => void;
  silent: () => void;
  stale: () => void;
  /** As good as new, but for connections that went stale. */
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
    const carry = (from: Socket, to: Socket): void => {
      // One after the other, whatever the delay is meanwhile: a line may be late, but it changes the order of nothing.
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
    carry(near, far);
    carry(far, near);
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
      // What hung in silence lost bytes: nobody may go on as if nothing had been.
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
