import type { Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { type EgressRequest, egress } from '../egress.ts';
import { drips, type RawServer, rawServer, type Serve, saysForever } from './raw-server.fixture.ts';

const open: RawServer[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});
const outside = egress({ ports: [443], allowLoopback: true });
async function askedOf(serve: Serve, over: Partial<EgressRequest> = {}) {
  const server = await rawServer(serve);
  open.push(server);
  const outcome = await outside.send({
    ...{ url: `http://127.0.0.1:${server.port}/`, method: 'GET', headers: {} },
    ...{ connectMs: 5_000, wholeMs: 5_000, bodyMaxBytes: 1_000 },
    ...over,
  });
  const text = outcome.kind === 'answered' ? outcome.body.toString() : '';
  return { outcome, text, server, reason: outcome.kind === 'answered' ? 'answered' : outcome.reason };
}
const saying =
  (...texts: readonly (string | Buffer)[]): Serve =>
  (socket) => {
    for (const text of texts) socket.write(text);
  };
const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}transfer-encoding: chunked\r\n\r\n`;
const encoded = (coding: string, body: Buffer): Serve =>
  saying(`${ok}content-encoding: ${coding}\r\ncontent-length: ${body.length}\r\n\r\n`, body);
const forever =
  (head: string, text: string): Serve =>
  (socket) => {
    socket.write(head);
    saysForever(socket, text);
  };
const dripping =
  (head: string, text: string): Serve =>
  (socket) => {
    socket.write(head);
    drips(socket, text);
  };
const reset = (socket: Socket): void => void socket.resetAndDestroy();

describe('an answer that leads elsewhere', () => {
  it.each([300, 301, 302, 303, 305, 307, 308])('of status %i is handed over, and nobody follows it', async (status) => {
    const head = `HTTP/1.1 ${status} X\r\nlocation: http://169.254.169.254/latest/meta-data/\r\ncontent-length: 0\r\n\r\n`;
    const { outcome, server } = await askedOf(saying(head));
    expect(outcome).toEqual({ kind: 'answered', status, headers: {}, body: Buffer.alloc(0), isCut: false });
    expect(server.heard).toHaveLength(1);
  });
  it.each([
    'Refresh: 0; url=http://10.0.0.1/',
    'Set-Cookie: a=b',
    'Alt-Svc: h2="10.0.0.1:443"',
    'X-Accel-Redirect: /a',
  ])('by %j in its head is handed over without it', async (header) => {
    const { outcome } = await askedOf(
      saying(`${ok}${header}\r\ncontent-type: text/plain\r\ncontent-length: 0\r\n\r\n`),
    );
    expect(outcome).toMatchObject({ kind: 'answered', headers: { 'content-type': 'text/plain' } });
    expect(outcome.kind === 'answered' && Object.keys(outcome.headers)).toEqual(['content-type']);
  });
});

/** Answers that never end, or that are larger than they look. */
const endless: readonly (readonly [string, Serve, string])[] = [
  ['chunks', forever(chunked, `10000\r\n${'x'.repeat(65_536)}\r\n`), 'cut'],
  ['chunks of one byte', forever(chunked, '1\r\nx\r\n'.repeat(9_000)), 'cut'],
  ['an extension of a chunk', forever(`${chunked}1;`, 'a'.repeat(65_536)), 'protocol'],
  ['the size of a chunk', forever(chunked, '0'.repeat(65_536)), 'protocol'],
  ['a body without a length', forever(`${ok}\r\n`, 'x'.repeat(65_536)), 'cut'],
  ['one header', forever(`${ok}a: `, 'x'.repeat(65_536)), 'protocol'],
  ['headers', forever(ok, 'a: b\r\n'.repeat(9_000)), 'protocol'],
  ['the name of a header', forever(ok, 'x'.repeat(65_536)), 'protocol'],
  ['the words of a status', forever('HTTP/1.1 200 ', 'x'.repeat(65_536)), 'protocol'],
  ['trailers', forever(`${chunked}0\r\n`, 'a: b\r\n'.repeat(9_000)), 'protocol'],
  ['interim answers', forever('', 'HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n'.repeat(900)), 'protocol'],
  ['white space before the answer', forever('', '\r\n'.repeat(1_000)), 'protocol'],
];

/** Answers that are not what HTTP/1.1 calls one, and what is made of them. */
const crooked: readonly (readonly [string, Serve, string])[] = [
  ['HTTP/0.9', saying('<html>hello</html>\r\n\r\n'), 'protocol'],
  ['a greeting of SSH', saying('SSH-2.0-OpenSSH_9.6\r\n'), 'protocol'],
  ['a frame of HTTP/2', saying(Buffer.from('0000120400000000000003000000640004', 'hex')), 'protocol'],
  ['a handshake of TLS', saying(Buffer.from('15030100020228', 'hex')), 'protocol'],
  ['an unasked 100', saying('HTTP/1.1 100 Continue\r\n\r\n', `${ok}content-length: 0\r\n\r\n`), 'protocol'],
  ['another protocol', saying('HTTP/1.1 101 X\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n'), 'protocol'],
  ['two lengths', saying(`${ok}content-length: 3\r\ncontent-length: 5\r\n\r\nhello`), 'protocol'],
  ['a length and chunks', saying(`${ok}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n`), 'protocol'],
  ['a length below zero', saying(`${ok}content-length: -1\r\n\r\nhello`), 'protocol'],
  ['a length that is no number', saying(`${ok}content-length: 0x5\r\n\r\nhello`), 'protocol'],
  ['a length of 2^64', saying(`${ok}content-length: 18446744073709551616\r\n\r\nhello`), 'protocol'],
  ['a chunk of 2^64', saying(`${chunked}10000000000000000\r\nx\r\n0\r\n\r\n`), 'protocol'],
  ['a chunk of no number', saying(`${chunked}zz\r\nx\r\n0\r\n\r\n`), 'protocol'],
  ['a header without a colon', saying(`${ok}nothing\r\n\r\n`), 'protocol'],
  ['a header with a zero byte', saying(`${ok}a: b\0c\r\n\r\n`), 'protocol'],
  ['a status of two digits', saying('HTTP/1.1 20 OK\r\n\r\n'), 'protocol'],
  ['too long a length', (socket) => void socket.end(`${ok}content-length: 9\r\n\r\nhello`), 'reset'],
  ['half a head', (socket) => void socket.end(`${ok}a: `), 'reset'],
  ['half a chunk', (socket) => void socket.end(`${chunked}5\r\nhe`), 'reset'],
  ['nothing', (socket) => void socket.end(), 'reset'],
  ['an abrupt end', reset, 'reset'],
  [
    'an abrupt end behind the head',
    (socket) => void socket.write(`${ok}content-length: 9\r\n\r\n`, () => reset(socket)),
    'reset',
  ],
];

describe('an answer that never ends', () => {
  it.each(endless)('because of %s is left off within its bounds', async (_what, serve, expected) => {
    const { outcome, text, reason } = await askedOf(serve);
    expect(outcome.kind === 'answered' ? (outcome.isCut ? 'cut' : 'whole') : reason).toBe(expected);
    expect(text.length).toBeLessThanOrEqual(1_000);
  });
  it.each<[string, Serve]>([
    ['its head', dripping('', ok.repeat(50))],
    ['its body', dripping(`${ok}\r\n`, 'x'.repeat(500))],
    ['its chunks', dripping(chunked, '1\r\nx\r\n'.repeat(500))],
    ['nothing at all', () => undefined],
  ])('because %s comes too slowly ends in time', async (_what, serve) => {
    expect((await askedOf(serve, { wholeMs: 150 })).outcome).toEqual({ kind: 'failed', reason: 'timeout' });
  });
  it('because nobody reads the request ends in time', async () => {
    const over = { method: 'POST', body: 'x'.repeat(20_000_000), wholeMs: 300 } as const;
    const { outcome } = await askedOf((socket) => void socket.pause(), over);
    expect(outcome).toEqual({ kind: 'failed', reason: 'timeout' });
  });
});

describe('an answer that is none', () => {
  it.each(crooked)('because it has %s is a failure', async (_what, serve, expected) => {
    expect((await askedOf(serve)).reason).toBe(expected);
  });
});

describe('an answer with more in it than one answer', () => {
  it.each<[string, Serve]>([
    ['a second answer', saying(`${ok}content-length: 5\r\n\r\nhello${ok}content-length: 4\r\n\r\nevil`)],
    ['bytes behind its length', saying(`${ok}content-length: 5\r\n\r\nhello and more`)],
    ['a trailer', saying(`${chunked}5\r\nhello\r\n0\r\ncontent-type: text/evil\r\n\r\n`)],
    [
      'an interim answer before it',
      saying('HTTP/1.1 103 X\r\ncontent-type: text/evil\r\n\r\n', `${ok}content-length: 5\r\n\r\nhello`),
    ],
  ])('by %s is read as the one that was asked for', async (_what, serve) => {
    const { outcome, text } = await askedOf(serve);
    expect(outcome).toMatchObject({ kind: 'answered', status: 200, headers: {}, isCut: false });
    expect(text).toBe('hello');
  });
  it('has no body where its status has none', async () => {
    const { outcome } = await askedOf(saying('HTTP/1.1 204 X\r\ncontent-length: 5\r\n\r\nhello'));
    expect(outcome).toMatchObject({ kind: 'answered', status: 204, body: Buffer.alloc(0) });
  });
  it('is taken although it comes before the request has ended', async () => {
    const serve: Serve = (socket) =>
      void socket.end('HTTP/1.1 413 X\r\nconnection: close\r\ncontent-length: 2\r\n\r\nno');
    const { reason, text } = await askedOf(serve, { method: 'POST', body: 'x'.repeat(300_000) });
    expect([reason, text]).toEqual(['answered', 'no']);
  });
});

const large = Buffer.alloc(50_000_000);
describe('an answer that is compressed although nobody asked for it', () => {
  it.each([
    ['gzip', gzipSync(large)],
    ['deflate', deflateSync(large)],
    ['br', brotliCompressSync(Buffer.alloc(5_000_000))],
  ])('as a bomb of %s is opened no further than was wanted', async (coding, bomb) => {
    const { outcome, text } = await askedOf(encoded(coding, bomb), { bodyMaxBytes: 60_000 });
    expect(outcome).toMatchObject({ kind: 'answered', isCut: true });
    expect(text).toHaveLength(60_000);
  });
  it.each([
    ['gzip', gzipSync('hello')],
    ['X-GZIP', gzipSync('hello')],
    ['deflate', deflateSync('hello')],
    ['br', brotliCompressSync('hello')],
    ['identity', Buffer.from('hello')],
  ])('with %s is read', async (coding, body) => expect((await askedOf(encoded(coding, body))).text).toBe('hello'));
  it.each([
    ['gzip in gzip', 'gzip, gzip', gzipSync(gzipSync('hello'))],
    ['gzip and brotli', 'gzip, br', brotliCompressSync(gzipSync('hello'))],
    ['an unknown coding', 'zstd', Buffer.from('hello')],
    ['a coding that is not there', 'gzip', Buffer.from('hello')],
    ['half a coding', 'gzip', gzipSync('hello').subarray(0, 15)],
  ])('with %s is a failure', async (_what, coding, body) => {
    expect((await askedOf(encoded(coding, body))).reason).toBe('encoding');
  });
});
