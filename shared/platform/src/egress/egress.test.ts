import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, createServer as createNetServer, type Server as NetServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type EgressRequest, egress } from './egress.ts';

const open: (Server | NetServer)[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) {
    (server as Server).closeAllConnections?.();
    await new Promise((resolve) => server.close(resolve));
  }
});
async function listening(server: Server | NetServer): Promise<string> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
const serving = (handle: RequestListener): Promise<string> => listening(createServer(handle));

const local = egress({ ports: [443], allowLoopback: true });
const asked = (url: string, over: Partial<EgressRequest> = {}): EgressRequest => ({
  ...{ url, method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'hello' },
  ...{ connectMs: 1_000, wholeMs: 1_000, bodyMaxBytes: 100 },
  ...over,
});

describe('a request to a host that a stranger named', () => {
  it('arrives with its method, headers and body, and brings the answer', async () => {
    const heard: unknown[] = [];
    const url = await serving(async (request, answer) => {
      let body = '';
      for await (const part of request) body += part;
      heard.push([request.method, request.url, request.headers['content-type'], body]);
      answer.writeHead(201, { 'x-own': 'yes' }).end('thanks');
    });
    const outcome = await local.send({ ...asked(`${url}/hook?a=1`), answerHeaders: ['X-Own'] });
    expect(heard).toEqual([['POST', '/hook?a=1', 'text/plain', 'hello']]);
    expect(outcome).toMatchObject({ kind: 'answered', status: 201, headers: { 'x-own': 'yes' }, isCut: false });
    expect(outcome.kind === 'answered' && outcome.body.toString()).toBe('thanks');
  });
  it('does not follow a redirection', async () => {
    let calls = 0;
    const url = await serving((_request, answer) => {
      calls += 1;
      answer.writeHead(307, { location: '/elsewhere' }).end();
    });
    expect(await local.send(asked(url))).toMatchObject({ kind: 'answered', status: 307 });
    expect(calls).toBe(1);
  });
  it('reads no more of an answer than it was told, however long the answer is', async () => {
    const url = await serving((_request, answer) => {
      const more = (): void => void (answer.destroyed || !answer.write('x'.repeat(65_536), more));
      more();
    });
    const outcome = await local.send(asked(url));
    expect(outcome).toMatchObject({ kind: 'answered', isCut: true });
    expect(outcome.kind === 'answered' && outcome.body.length).toBe(100);
  });
  it('ends in time when the answer never comes, and when its body never ends', async () => {
    const silent = await serving(() => undefined);
    const endless = await serving((_request, answer) => void answer.writeHead(200).write('x'));
    const before = performance.now();
    for (const url of [silent, endless])
      expect(await local.send(asked(url, { wholeMs: 150 }))).toEqual({ kind: 'failed', reason: 'timeout' });
    expect(performance.now() - before).toBeLessThan(3_000);
  });
  it('says that nobody took the call, and that the line broke', async () => {
    const gone = await serving(() => undefined);
    await new Promise((resolve) => open.splice(0)[0]?.close(resolve));
    const breaking = await listening(
      createNetServer((socket) => void socket.on('data', () => socket.resetAndDestroy())),
    );
    expect(await local.send(asked(gone))).toEqual({ kind: 'failed', reason: 'connect' });
    expect(await local.send(asked(breaking))).toEqual({ kind: 'failed', reason: 'reset' });
  });
});

describe('a name', () => {
  const leading = (...addresses: string[]) =>
    egress({ ports: [443], allowLoopback: true, resolve: async () => addresses });
  it.each([
    [['127.0.0.1']],
    [['10.0.0.1']],
    [['169.254.169.254']],
    [['93.184.216.34', '10.0.0.1']],
    [['93.184.216.34', '::1']],
    [['64:ff9b::a9fe:a9fe']],
    [['::ffff:10.0.0.1']],
    [['nonsense']],
  ])('that leads to %j is refused, and nothing is sent', async (addresses) => {
    const reached: string[] = [];
    const url = await serving(() => void reached.push('called'));
    const { port } = new URL(url);
    const guarded = egress({ ports: [443, Number(port)], allowLoopback: true, resolve: async () => addresses });
    expect(await guarded.send(asked(`https://hook.example:${port}/`))).toEqual({ kind: 'refused', reason: 'address' });
    expect(reached).toEqual([]);
  });
  it('is resolved once for each request, so that no second answer can lead elsewhere', async () => {
    const answers = [['10.0.0.1'], ['93.184.216.34']];
    const turning = egress({ ports: [443], allowLoopback: false, resolve: async () => answers.shift() ?? [] });
    const outcome = await turning.send(asked('https://hook.example/'));
    expect(outcome).toEqual({ kind: 'refused', reason: 'address' });
    expect(answers).toHaveLength(1);
  });
  it('that leads nowhere, fails to resolve or takes too long fails', async () => {
    expect(await leading().send(asked('https://hook.example/'))).toEqual({ kind: 'failed', reason: 'unresolved' });
    const broken = egress({ ports: [443], allowLoopback: false, resolve: () => Promise.reject(new Error('no')) });
    expect(await broken.send(asked('https://hook.example/'))).toEqual({ kind: 'failed', reason: 'unresolved' });
    const slow = egress({ ports: [443], allowLoopback: false, resolve: () => new Promise(() => undefined) });
    const outcome = await slow.send(asked('https://hook.example/', { connectMs: 50 }));
    expect(outcome).toEqual({ kind: 'failed', reason: 'timeout' });
  });
});
