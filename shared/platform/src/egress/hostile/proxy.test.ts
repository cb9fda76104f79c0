import { connect, type Server, type Socket } from 'node:net';
import { createServer } from 'node:tls';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EgressOptions, egress } from '../egress.ts';
import { type Authority, authority } from './certificates.fixture.ts';
import { drips, portOf, type RawServer, rawServer, type Serve, saysForever } from './raw-server.fixture.ts';

let own: Authority;
let hook: Server;
let hookPort: number;
const open: RawServer[] = [];
let heard: string[] = [];
beforeAll(async () => {
  own = authority();
  hook = createServer(own.issue('DNS:hook.example'), (socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (said) => {
      heard.push(said.toString());
      socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nin');
    });
  });
  hookPort = await portOf(hook);
});
afterAll(() => {
  hook.close();
  own.close();
});
beforeEach(() => {
  heard = [];
});
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

/** Puts a line through to the receiver of this test, wherever it was asked to go. */
const through = (socket: Socket, first = 'HTTP/1.1 200 Connection established\r\n\r\n'): void => {
  const inside = connect(hookPort, '127.0.0.1', () => {
    socket.write(first);
    socket.removeAllListeners('data');
    socket.pipe(inside).pipe(socket);
  });
  inside.on('error', () => undefined);
  socket.on('close', () => inside.destroy());
};

async function sent(
  serve: Serve,
  over: Partial<EgressOptions> & { user?: string; url?: string; connectMs?: number } = {},
) {
  const { user = '', url = 'https://hook.example/a?b=c', connectMs = 3_000, ...options } = over;
  const server = await rawServer(serve);
  open.push(server);
  const outcome = await egress({
    ...{ ports: [443], allowLoopback: true, ca: own.ca, resolve: async () => ['93.184.216.34'] },
    proxy: `http://${user}127.0.0.1:${server.port}`,
    ...options,
  }).send({ url, method: 'GET', headers: {}, connectMs, wholeMs: 3_000, bodyMaxBytes: 100 });
  const reason = outcome.kind === 'answered' ? outcome.body.toString() : outcome.reason;
  return { reason, asked: server.heard };
}

describe('a request through a proxy', () => {
  it('goes to the address that was checked here; the proxy hears no name, and nothing of the request', async () => {
    const { reason, asked } = await sent((socket) => through(socket));
    expect(reason).toBe('in');
    expect(asked[0]).toMatch(/^CONNECT 93\.184\.216\.34:443 HTTP\/1\.1\r\nhost: 93\.184\.216\.34:443\r\n/);
    expect(asked.join('')).not.toContain('hook.example/a');
    expect(heard[0]).toMatch(/^GET \/a\?b=c HTTP\/1\.1\r\nhost: hook\.example\r\n/);
    expect(heard[0]).not.toMatch(/proxy/i);
  });
  it('says to the proxy who it is, and to nobody else', async () => {
    const { asked } = await sent((socket) => through(socket), { user: 'vox:p%40ss@' });
    expect(asked[0]).toContain(`proxy-authorization: Basic ${Buffer.from('vox:p@ss').toString('base64')}\r\n`);
    expect(heard.join('')).not.toMatch(/authorization/i);
  });
  it('tries the next address where the proxy does not reach the first, and those of IPv4 before those of IPv6', async () => {
    const serve: Serve = (socket, said) =>
      said.startsWith('CONNECT 93.184.216.35') ? through(socket) : void socket.end('HTTP/1.1 502 X\r\n\r\n');
    const resolve = async () => ['2606:4700::1111', '93.184.216.34', '93.184.216.35'];
    const { reason, asked } = await sent(serve, { resolve });
    expect([reason, asked.length]).toEqual(['in', 2]);
  });
  it.each([[['10.0.0.1']], [['93.184.216.34', '169.254.169.254']], [['64:ff9b::a00:1']]])(
    'never asks the proxy where a name leads to %j',
    async (addresses) => {
      const { reason, asked } = await sent((socket) => through(socket), { resolve: async () => addresses });
      expect([reason, asked]).toEqual(['address', []]);
    },
  );
  it('never asks the proxy for a URL that may not be called, nor for this machine', async () => {
    for (const url of ['https://10.0.0.1/', 'https://metadata.google.internal/', 'http://hook.example/'])
      expect((await sent((socket) => through(socket), { url })).asked).toEqual([]);
    const near = await sent((socket) => through(socket), { url: `https://localhost:${hookPort}/` });
    expect([near.reason, near.asked]).toEqual(['tls', []]);
  });
  it.each<[string, Serve, string]>([
    ['refuses', (socket) => void socket.end('HTTP/1.1 403 No\r\ncontent-length: 0\r\n\r\n'), 'proxy'],
    ['wants to know who asks', (socket) => void socket.end('HTTP/1.1 407 Who\r\n\r\n'), 'proxy'],
    ['leads elsewhere', (socket) => void socket.end('HTTP/1.1 302 X\r\nlocation: http://10.0.0.1/\r\n\r\n'), 'proxy'],
    ['hangs up', (socket) => void socket.end(), 'proxy'],
    ['breaks off', (socket) => void socket.resetAndDestroy(), 'proxy'],
    ['speaks no HTTP', (socket) => void socket.end('SSH-2.0-x\r\n'), 'proxy'],
    ['never ends its head', (socket) => saysForever(socket, `HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(5_000)}`), 'proxy'],
    ['hangs', () => undefined, 'timeout'],
    ['speaks too slowly', (socket) => drips(socket, 'HTTP/1.1 200 OK\r\n\r\n', 60), 'timeout'],
    ['hangs behind its yes', (socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\n'), 'timeout'],
    [
      'answers in the place of the host',
      (socket) => through(socket, 'HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n'),
      'tls',
    ],
  ])('comes to nothing where the proxy %s', async (_what, serve, reason) => {
    expect((await sent(serve, reason === 'timeout' ? { connectMs: 300 } : {})).reason).toBe(reason);
    expect(heard).toEqual([]);
  });
  it('comes to nothing where no proxy is', async () => {
    const outcome = await sent((socket) => through(socket), { proxy: 'http://127.0.0.1:1' });
    expect([outcome.reason, outcome.asked]).toEqual(['proxy', []]);
  });
});
