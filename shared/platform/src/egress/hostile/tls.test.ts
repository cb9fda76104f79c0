import { createServer as createPlainServer, type Server } from 'node:net';
import { createServer, type TlsOptions } from 'node:tls';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { egress } from '../egress.ts';
import { type Authority, authority } from './certificates.fixture.ts';
import { portOf } from './raw-server.fixture.ts';

let own: Authority;
let good: TlsOptions;
const open: Server[] = [];
beforeAll(() => {
  own = authority();
  good = own.issue('DNS:localhost,IP:127.0.0.1');
});
afterAll(() => own.close());
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of open.splice(0)) server.close();
});
/** A server that answers everybody with whom it has come so far, and is told the name that it was asked for. */
async function tlsServer(options: TlsOptions, asked: unknown[] = []): Promise<number> {
  const server = createServer(options, (socket) => {
    asked.push(socket.getProtocol());
    socket.on('error', () => undefined).on('data', () => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nin'));
  });
  open.push(server);
  return portOf(server);
}
async function plainServer(serve: (said: string) => string | undefined): Promise<number> {
  const server = createPlainServer((socket) => {
    const answer = (said: Buffer): void => {
      const text = serve(said.toString('latin1'));
      if (text !== undefined) socket.end(text);
    };
    socket.on('error', () => undefined).on('data', answer);
  });
  open.push(server);
  return portOf(server);
}
async function reasonOf(port: number, { host = 'localhost', ca = own.ca, connectMs = 2_000 } = {}): Promise<string> {
  const outcome = await egress({ ports: [443], allowLoopback: true, ca }).send({
    ...{ url: `https://${host}:${port}/`, method: 'GET', headers: {} },
    ...{ connectMs, wholeMs: 3_000, bodyMaxBytes: 100 },
  });
  return outcome.kind === 'answered' ? outcome.body.toString() : outcome.reason;
}

describe('a line over TLS', () => {
  it('stands to whoever has a certificate of the name, or of the address, that was asked for', async () => {
    const versions: unknown[] = [];
    const port = await tlsServer(good, versions);
    expect(await reasonOf(port)).toBe('in');
    expect(await reasonOf(port, { host: '127.0.0.1' })).toBe('in');
    expect(versions).toEqual(['TLSv1.3', 'TLSv1.3']);
  });
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'makes its keys anew for each request of one way out (%s)',
    async (version) => {
      const reused: boolean[] = [];
      const server = createServer({ ...good, minVersion: version, maxVersion: version }, (socket) => {
        reused.push(socket.isSessionReused());
        socket.on('error', () => undefined).on('data', () => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
      });
      open.push(server);
      const url = `https://localhost:${await portOf(server)}/`;
      const way = egress({ ports: [443], allowLoopback: true, ca: own.ca });
      const asked = { url, method: 'GET', headers: {}, connectMs: 2_000, wholeMs: 3_000, bodyMaxBytes: 100 } as const;
      for (let time = 0; time < 3; time += 1) expect(await way.send(asked)).toMatchObject({ status: 204 });
      expect(reused).toEqual([false, false, false]);
    },
  );
  it('stands by TLS 1.2 too', async () => {
    expect(await reasonOf(await tlsServer({ ...good, maxVersion: 'TLSv1.2' }))).toBe('in');
  });
  it.each<[string, () => TlsOptions]>([
    ['another name', () => own.issue('DNS:hook.example')],
    ['another address', () => own.issue('IP:127.0.0.2')],
    ['names around it', () => own.issue('DNS:*.localhost,DNS:localhost.example')],
    ['a time that is over', () => own.issue('DNS:localhost', 'over')],
    ['nobody’s but its own signature', () => own.selfSigned('DNS:localhost')],
  ])('stands to nobody whose certificate is of %s', async (_what, certificate) => {
    expect(await reasonOf(await tlsServer(certificate()))).toBe('tls');
  });
  it('stands to nobody whose authority the system does not know', async () => {
    const other = authority();
    expect(await reasonOf(await tlsServer(good), { ca: other.ca })).toBe('tls');
    other.close();
  });
  it('stands to nobody whose certificate does not hold, whatever a variable of Node says', async () => {
    vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', '0');
    expect(await reasonOf(await tlsServer(own.selfSigned('DNS:localhost')))).toBe('tls');
  });
  it.each(['TLSv1', 'TLSv1.1'] as const)('stands to nobody by %s', async (version) => {
    const old = { minVersion: version, maxVersion: version, ciphers: 'DEFAULT@SECLEVEL=0' };
    expect(await reasonOf(await tlsServer({ ...good, ...old }))).toBe('tls');
  });
  it.each<[string, (said: string) => string]>([
    ['HTTP in clear', () => 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nin'],
    ['the same that it hears', (said) => said],
    ['nonsense', () => '\x16\x03\x03\xff\xff'.repeat(100)],
    ['an alert of TLS', () => '\x15\x03\x03\x00\x02\x02\x28'],
  ])('does not stand where somebody answers with %s', async (_what, serve) => {
    expect(await reasonOf(await plainServer(serve))).toBe('tls');
  });
  it('is given up in time where nobody says anything', async () => {
    expect(await reasonOf(await plainServer(() => undefined), { connectMs: 150 })).toBe('timeout');
  });
});
