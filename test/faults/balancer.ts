import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';

/** A load balancer, as an orchestrator has one: it sends new connections to the doors that are ready. */
export async function balancer(doors: readonly Readonly<{ url: string; readyUrl: () => string }>[]) {
  let ready: readonly string[] = doors.map(({ url }) => url);
  let turn = 0;
  const look = async (): Promise<void> => {
    const states = await Promise.all(
      doors.map(async ({ url, readyUrl }) => {
        const answer = await fetch(readyUrl()).catch(() => undefined);
        return answer?.ok ? [url] : [];
      }),
    );
    ready = states.flat();
  };
  const looking = setInterval(() => void look(), 100);
  const sockets = new Set<Socket>();
  const server = createServer((near) => {
    turn += 1;
    const door = ready[turn % ready.length];
    if (door === undefined) return void near.destroy();
    const { hostname, port } = new URL(door);
    const far = connect({ host: hostname, port: Number(port) });
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => sockets.delete(one));
      one.pipe(other);
    }
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    close() {
      clearInterval(looking);
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
