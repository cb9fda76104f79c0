import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { shopOn } from '../../stack/visitor.ts';
import { hostileStack, times, wide } from './harness.ts';

const { isOpen, stack } = await hostileStack();

/** Writes bytes. Answers what came back until the server closed or `waitMs` passed, and how long that took. */
async function raw(bytes: string | readonly string[], waitMs = 3_000) {
  const { hostname, port } = new URL(stack.url);
  const started = performance.now();
  const socket = connect({ host: hostname, port: Number(port) });
  let received = '';
  socket.on('error', () => undefined);
  socket.on('data', (data) => {
    received += data.toString('latin1');
  });
  const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)));
  for (const part of [bytes].flat()) socket.write(part, 'latin1');
  const byServer = await Promise.race([closed, pause(waitMs).then(() => false)]);
  socket.destroy();
  return { received, byServer, tookMs: performance.now() - started };
}
const lines = (...all: readonly string[]): string => `${all.join('\r\n')}\r\n\r\n`;
const post = 'POST /api/session HTTP/1.1';
const json = 'Content-Type: application/json';

describe.skipIf(!isOpen)('a client that breaks the protocol', () => {
  it('by sending headers or body one character at a time is cut off, and others are served meanwhile', async () => {
    const shop = await shopOn(stack, wide);
    const slow = async (head: string, drop: string, withinMs: number) => {
      const { hostname, port } = new URL(stack.url);
      const socket = connect({ host: hostname, port: Number(port) });
      socket.on('error', () => undefined);
      socket.resume();
      await once(socket, 'connect');
      const closed = once(socket, 'close');
      socket.write(head);
      const dripping = setInterval(() => socket.write(drop), 500);
      const isCut = await Promise.race([closed.then(() => true), pause(withinMs).then(() => false)]);
      clearInterval(dripping);
      socket.destroy();
      return isCut;
    };
    const headers = times(100, () => slow(`${post}\r\nHost: x\r\n`, 'X-A: b\r\n', 8_000));
    const bodies = times(100, () => slow(lines(post, 'Host: x', json, 'Content-Length: 60000'), '{', 18_000));
    const idle = times(100, () => slow('', '', 8_000));
    const served = await times(10, () => shop.start());
    expect(served.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(Math.max(...served.map(({ sentMs }) => sentMs))).toBeLessThan(5_000);
    expect(new Set(await headers)).toEqual(new Set([true]));
    expect(new Set(await bodies)).toEqual(new Set([true]));
    await idle;
    expect((await shop.start()).status).toBe(200);
  }, 60_000);

  it('by ten thousand header names, a header of megabytes or an endless URL is refused or cut off', async () => {
    const { hostname, port } = new URL(stack.url);
    const headers = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`x-${n}`, '1']));
    const status = await new Promise((resolve) => {
      const sent = httpRequest({ host: hostname, port, path: '/api/session', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      sent.on('error', () => resolve('cut'));
      sent.end();
    });
    expect([431, 'cut']).toContain(status);
    for (const bytes of [
      lines(post, 'Host: x', `X-Big: ${'a'.repeat(2_000_000)}`),
      `GET /${'a'.repeat(200_000)} HTTP/1.1\r\nHost: x\r\n\r\n`,
    ]) {
      const { received } = await raw(bytes);
      expect(received === '' || /^HTTP\/1\.1 4(14|31) /.test(received), received.slice(0, 80)).toBe(true);
    }
  });

  it.each<readonly [string, string]>([
    ['both lengths', lines(post, 'Host: x', 'Content-Length: 5', 'Transfer-Encoding: chunked')],
    ['two lengths', lines(post, 'Host: x', 'Content-Length: 5', 'Content-Length: 6')],
    ['a length that is none', lines(post, 'Host: x', 'Content-Length: +5')],
    ['a negative length', lines(post, 'Host: x', 'Content-Length: -1')],
    ['an unknown coding', lines(post, 'Host: x', 'Transfer-Encoding: xchunked')],
    ['a coding spelt with a space', lines(post, 'Host: x', 'Transfer-Encoding : chunked')],
    ['two codings', lines(post, 'Host: x', 'Transfer-Encoding: chunked, identity')],
    ['a folded header', lines(post, 'Host: x', 'X-A: b', ' c')],
    ['a header without a name', lines(post, 'Host: x', ': b')],
    ['no host', lines(post)],
    ['two hosts', lines(post, 'Host: x', 'Host: y')],
    ['a version that there is not', lines('GET / HTTP/9.9', 'Host: x')],
    ['a method that there is not', lines('GE\u0000T / HTTP/1.1', 'Host: x')],
    ['a chunk that is none', `${lines(post, 'Host: x', json, 'Transfer-Encoding: chunked')}ZZ\r\n{}\r\n0\r\n\r\n`],
    ['a bare line feed', 'POST /api/session HTTP/1.1\nHost: x\nContent-Length: 0\n\nX'],
    ['TLS', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003'],
    ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
  ])('by %s is refused once, and the rest is not taken for a second request', async (_what, bytes) => {
    const { received } = await raw(`${bytes}0\r\n\r\nGET /voice-widget.js HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect(received).toMatch(/^HTTP\/1\.1 (400|505) /);
    expect(received.match(/HTTP\/1\.1 \d/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(received).not.toMatch(/200 OK|node|Error:|\bat /);
  });

  it('by asking for another protocol or a tunnel gets none', async () => {
    for (const bytes of [
      lines('GET / HTTP/1.1', 'Host: x', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Key: x'),
      lines('GET / HTTP/1.1', 'Host: x', 'Connection: Upgrade, HTTP2-Settings', 'Upgrade: h2c', 'HTTP2-Settings: AA'),
      lines('CONNECT 127.0.0.1:22 HTTP/1.1', 'Host: 127.0.0.1:22'),
      lines('GET http://169.254.169.254/latest HTTP/1.1', 'Host: 169.254.169.254'),
      lines('TRACE / HTTP/1.1', 'Host: x', 'Cookie: canary-cookie'),
    ]) {
      const { received } = await raw(bytes, 1_000);
      expect(received).not.toMatch(/^HTTP\/1\.1 (1|2)|canary-cookie/);
    }
  });
});

describe.skipIf(!isOpen)('a client that plays with its requests', () => {
  it('is accepted only with plain JSON in UTF-8: not compressed, not deep, without prototypes', async () => {
    const shop = await shopOn(stack, wide);
    const good = JSON.stringify({ widgetKey: shop.widgetKey });
    const send = async (body: string | Buffer, headers: Record<string, string>) => {
      const response = await fetch(`${stack.url}/api/session`, {
        method: 'POST',
        headers: { origin: 'https://shop.example', 'x-forwarded-for': '203.0.113.200', ...headers },
        body: new Uint8Array(Buffer.from(body)),
      });
      return { status: response.status, body: (await response.json()) as { code: string } };
    };
    const type = (value: string) => ({ 'content-type': value });
    const refused: readonly (readonly [string | Buffer, Record<string, string>])[] = [
      [gzipSync(good), { ...type('application/json'), 'content-encoding': 'gzip' }],
      [gzipSync('x'.repeat(50_000_000)), { ...type('application/json'), 'content-encoding': 'gzip' }],
      [good, { ...type('application/json'), 'content-encoding': 'br' }],
      [Buffer.from(good, 'utf16le'), type('application/json; charset=utf-16le')],
      [good, type('application/json; charset=utf-7')],
      [
        Buffer.concat([Buffer.from('{"agentId":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]),
        type('application/json'),
      ],
      [good, type('application/xml')],
      [good, type('application/x-www-form-urlencoded')],
      [good, type('multipart/form-data; boundary=x')],
      [`${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`, type('application/json')],
      ['['.repeat(60_000), type('application/json')],
      [`{"__proto__":{"widgetKey":"${shop.widgetKey}"}}`, type('application/json')],
      [`{"constructor":{"prototype":{"x":1}},${good.slice(1)}`, type('application/json')],
      [`{"tools":[{"__proto__":null}],${good.slice(1)}`, type('application/json')],
    ];
    for (const [body, headers] of refused)
      expect(await send(body, headers), String(body).slice(0, 60)).toMatchObject({
        status: 400,
        body: { code: 'INVALID_REQUEST' },
      });
    expect((await send('x'.repeat(70_000), type('application/json'))).status).toBe(413);
    const twice = `{"widgetKey":"w_other_page_0123456789abcdef",${good.slice(1)}`;
    expect((await send(twice, type('application/json'))).status).toBe(200);
    expect((await send(good, type('text/plain'))).status).toBe(200);
  });

  it('gets in only from an origin of the key, however the origin is spelled', async () => {
    const shop = await shopOn(stack, wide);
    for (const origin of [
      ...[
        'null',
        '',
        'https://shop.example/',
        'https://shop.example:443',
        'HTTPS://SHOP.EXAMPLE',
        'https://shop.example.',
      ],
      ...['https://shop.example, https://shop.example', 'https://shop.example@evil.example', 'http://shop.example'],
      ...['https://shop.example%00.evil.example', 'https://xshop.example', '*', 'file://', 'shop.example'],
    ]) {
      const refused = await shop.start({ origin });
      expect(refused, origin).toMatchObject({ status: 403, body: { code: 'ORIGIN_MISMATCH' } });
      expect(refused.headers.get('access-control-allow-origin')).not.toBe('*');
    }
  });

  it('is counted by the address that the proxy saw, whatever its headers say', async () => {
    const shop = await shopOn(stack, wide);
    const lies = ['10.0.0.1', '127.0.0.1', '::1', '203.0.113.7', 'unknown', '_hidden', '203.0.113.9:80', ' ', ',,'];
    const answers = await times(120, (n) =>
      shop.bootstrap(`${lies[n % lies.length]}, 198.51.100.77`, {
        forwarded: `for=192.0.2.${n}`,
        'x-real-ip': `192.0.2.${n}`,
        'true-client-ip': `192.0.2.${n}`,
        'cf-connecting-ip': `192.0.2.${n}`,
      }),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(80);
    const mapped = await times(100, (n) => shop.bootstrap(n % 2 === 0 ? '::ffff:198.51.100.78' : '::ffff:c633:644e'));
    expect(mapped.filter(({ status }) => status === 200)).toHaveLength(80);
  });

  it('adds no names of its own to a metric', async () => {
    const series = async () => {
      const texts = await times(2, async (n) => {
        const edge = stack.services.filter(({ name }) => name.startsWith('edge-guard'))[n];
        return (await fetch(`${edge?.privateUrl}/metrics`)).text();
      });
      return texts.join('\n');
    };
    await times(300, (n) =>
      raw(
        lines(
          `GET /nothing-${n} HTTP/1.1`,
          `Host: canary-host-${n}`,
          `User-Agent: canary-agent-${n}`,
          'Connection: close',
        ),
      ),
    );
    await times(20, (n) => raw(lines(`FOO${n} / HTTP/1.1`, 'Host: x', 'Connection: close')));
    const text = await series();
    expect(text.match(/canary-(host|agent)-\d+|nothing-\d+/g) ?? []).toEqual([]);
    expect(text.split('\n').length).toBeLessThan(2_000);
  });
});
