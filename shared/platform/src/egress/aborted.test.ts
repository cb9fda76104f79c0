import { once } from 'node:events';
import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type EgressRequest, egress } from './egress.ts';
import { type RawServer, rawServer, type Serve } from './hostile/raw-server.fixture.ts';

let server: RawServer;
afterEach(() => server.close());

/** A host on a real socket, a way out to it, and the lines that it has. */
async function outside(serve: Serve) {
  const lines: Socket[] = [];
  server = await rawServer((socket, heard) => {
    lines.push(socket);
    serve(socket, heard);
  });
  const way = egress({ ports: [443], allowLoopback: true });
  const send = (signal: AbortSignal, over: Partial<EgressRequest> = {}) =>
    way.send({
      ...{ url: `http://127.0.0.1:${server.port}/order`, method: 'POST', headers: {}, body: 'once', signal },
      ...{ connectMs: 30_000, wholeMs: 60_000, bodyMaxBytes: 1_000, owner: 'acme', ...over },
    });
  return { way, lines, send };
}
const aborted = { kind: 'failed', reason: 'aborted' };
const begins = 'HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf';

describe('a request that nobody wants any more', () => {
  it.each<[string, Serve]>([
    ['is not answered', () => undefined],
    ['is answered by half', (socket) => void socket.write(begins)],
    ['is answered with an interim answer', (socket) => void socket.write('HTTP/1.1 103 Early Hints\r\n\r\n')],
  ])('is cut while it %s: its line closes', async (_what, serve) => {
    const { lines, send } = await outside(serve);
    const end = new AbortController();
    const sent = send(end.signal);
    await expect.poll(() => lines).toHaveLength(1);
    const closed = once(lines[0] as Socket, 'close');
    end.abort();
    expect(await sent).toEqual(aborted);
    await closed;
    expect(server.heard).toHaveLength(1);
  });
  it('is not begun where that is known before', async () => {
    const { send } = await outside((socket) => void socket.end(begins));
    expect(await send(AbortSignal.abort())).toEqual(aborted);
    expect(server.heard).toEqual([]);
  });
  it('is given up while its name is resolved', async () => {
    await outside(() => undefined);
    const end = new AbortController();
    const slow = egress({
      ...{ ports: [443], allowLoopback: false },
      resolve: () => {
        setImmediate(() => end.abort());
        return new Promise(() => undefined);
      },
    });
    const asked = { url: 'https://hook.example/', method: 'GET', headers: {}, bodyMaxBytes: 1 } as const;
    expect(await slow.send({ ...asked, connectMs: 30_000, wholeMs: 60_000, signal: end.signal })).toEqual(aborted);
  });
  it('says nothing of its host: nobody is kept from it, and its place is free', async () => {
    let isWell = false;
    const { send } = await outside((socket) => void (isWell && socket.end('HTTP/1.1 204 No Content\r\n\r\n')));
    for (let time = 0; time < 40; time += 1) {
      const end = new AbortController();
      const sent = send(end.signal);
      setImmediate(() => end.abort());
      expect(await sent).toEqual(aborted);
    }
    isWell = true;
    const goesOn = new AbortController().signal;
    expect(await send(goesOn)).toMatchObject({ kind: 'answered', status: 204 });
    expect(await send(goesOn)).toMatchObject({ kind: 'answered', status: 204 });
  });
});
