import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type EgressRequest, egress } from '../egress.ts';
import { type RawServer, rawServer } from './raw-server.fixture.ts';

let server: RawServer;
beforeAll(async () => {
  server = await rawServer((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n'));
});
afterAll(() => server.close());
beforeEach(() => void server.heard.splice(0));

const outside = egress({ ports: [443], allowLoopback: true });
const send = (over: Readonly<Record<string, unknown>> & { rest?: string }) => {
  const { rest = '/', ...others } = over;
  const request = {
    ...{ url: `http://127.0.0.1:${server.port}${rest}`, method: 'POST', headers: {}, body: 'hello' },
    ...{ connectMs: 4_000, wholeMs: 4_000, bodyMaxBytes: 100 },
  };
  return outside.send({ ...request, ...others } as EgressRequest);
};
const evil = 'a\r\nHost: evil.example\r\n\r\nGET /evil HTTP/1.1';
const headers = (given: Record<string, unknown>) => ({ headers: given });

/** Parts of a request that another parser could read as more than they are. */
const split: readonly (readonly [string, Record<string, unknown>, string])[] = [
  ['a line break in its path', { rest: `/${evil}` }, 'url'],
  ['a line break in its query', { rest: `/?q=${evil}` }, 'url'],
  ['a tab in its path', { rest: '/a\tb' }, 'url'],
  ['a space in its path', { rest: '/a HTTP/1.1' }, 'url'],
  ['a zero byte in its path', { rest: '/a\0b' }, 'url'],
  ['a line separator of Unicode in its path', { rest: '/a\u2028b' }, 'url'],
  ['a backslash in its path', { rest: '/\\evil.example/' }, 'url'],
  ['a line break in the value of a header', headers({ 'x-a': evil }), 'request'],
  ['a bare line feed in the value of a header', headers({ 'x-a': 'a\nb: c' }), 'request'],
  ['a bare carriage return in the value of a header', headers({ 'x-a': 'a\rb: c' }), 'request'],
  ['a zero byte in the value of a header', headers({ 'x-a': 'a\0' }), 'request'],
  ['a letter beyond one byte in the value of a header', headers({ 'x-a': 'č\u010d\u010a' }), 'request'],
  ['a line break in the name of a header', headers({ 'x-a\r\nhost': 'evil.example' }), 'request'],
  ['a colon in the name of a header', headers({ 'x-a: b': 'c' }), 'request'],
  ['a space in the name of a header', headers({ 'x a': 'c' }), 'request'],
  ['a header without a name', headers({ '': 'c' }), 'request'],
  ['a header that is a list', headers({ 'x-a': ['b', 'c'] }), 'request'],
  ['the same header twice', headers({ 'x-a': 'b', 'X-A': 'c' }), 'request'],
  ['a host of its own', headers({ Host: 'evil.example' }), 'request'],
  ['a length of its own', headers({ 'Content-Length': '1' }), 'request'],
  ['chunks of its own', headers({ 'Transfer-Encoding': 'chunked' }), 'request'],
  ['a connection of its own', headers({ Connection: 'keep-alive, x-a' }), 'request'],
  ['a wish to go on in another protocol', headers({ Upgrade: 'h2c' }), 'request'],
  ['a wish to be asked first', headers({ Expect: '100-continue' }), 'request'],
  ['words for a proxy', headers({ 'Proxy-Authorization': 'Basic eA==' }), 'request'],
  ['more headers than a head holds', headers({ 'x-a': 'x'.repeat(17_000) }), 'request'],
  ['a line break in its method', { method: 'GET / HTTP/1.1\r\nx: ' }, 'request'],
  ['the method CONNECT', { method: 'CONNECT' }, 'request'],
  ['the method TRACE', { method: 'TRACE' }, 'request'],
];

describe('a request', () => {
  it.each(split)('with %s never leaves', async (_what, over, reason) => {
    expect(await send(over)).toEqual({ kind: 'refused', reason });
    expect(server.heard).toEqual([]);
  });
  it('keeps line breaks that are written as such where they are', async () => {
    expect(await send({ rest: '/%0d%0aHost:%20evil?q=%0D%0A#part' })).toMatchObject({ kind: 'answered' });
    expect(server.heard[0]?.split('\r\n')[0]).toBe('POST /%0d%0aHost:%20evil?q=%0D%0A HTTP/1.1');
  });
  it('has a body that ends where its length says, whatever stands in it', async () => {
    const body = `0\r\n\r\n${evil}\r\n\r\n`;
    await send({ body });
    const [head = '', ...rest] = server.heard[0]?.split('\r\n\r\n') ?? [];
    expect(head).toContain(`content-length: ${body.length}`);
    expect(rest.join('\r\n\r\n')).toBe(body);
    expect(server.heard).toHaveLength(1);
  });
  it('asks for no compression and for no second request on its line, and says nothing that nobody wrote', async () => {
    await send({ headers: { 'X-Own': 'yes', 'Accept-Encoding': 'gzip' }, body: undefined, method: 'GET' });
    expect(server.heard[0]?.split('\r\n').sort()).toEqual(
      [
        ...['GET / HTTP/1.1', 'accept-encoding: identity', 'connection: close', `host: 127.0.0.1:${server.port}`],
        ...['x-own: yes', '', ''],
      ].sort(),
    );
  });
  it('has a line of its own, each time', async () => {
    await Promise.all([send({ owner: 'acme' }), send({ owner: 'acme' }), send({ owner: 'globex' })]);
    expect(server.heard).toHaveLength(3);
  });
});
