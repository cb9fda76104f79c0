import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from './listen.ts';

describe('a listening server', () => {
  let door: Listening;
  const agent = new Agent({ keepAlive: true });
  afterEach(() => {
    agent.destroy();
    return door.close(0);
  });
  const ask = (): Promise<string | undefined> =>
    new Promise((resolve, reject) => {
      get(door.url, { agent }, (response) => {
        response.resume();
        response.on('end', () => resolve(response.headers.connection));
      }).on('error', reject);
    });
  const slowly = async () => {
    door = await listen((_request, response) => void setTimeout(() => response.end('ok'), 300), {
      host: '127.0.0.1',
      port: 0,
    });
  };

  it('goes on serving while it drains, and asks with each answer to close the connection', async () => {
    await slowly();
    expect(await ask()).toBe('keep-alive');
    door.drain();
    expect(await ask()).toBe('close');
    expect(await ask()).toBe('close');
  });
  it('lets running requests end when it closes, keeps no connection after them, and takes no new one', async () => {
    await slowly();
    const underWay = ask();
    await pause(100);
    const started = performance.now();
    const closed = door.close(5_000);
    expect(await underWay).toBe('close');
    await closed;
    expect(performance.now() - started).toBeLessThan(2_000);
    await expect(ask()).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  describe('for another protocol', () => {
    const shout = (text: string): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(door.port, '127.0.0.1');
        let heard = '';
        socket.on('error', () => undefined).on('close', () => resolve(heard));
        socket.on('data', (bytes) => {
          heard += bytes.toString();
        });
        socket.write(text);
      });
    const asking = 'GET /there HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n';

    it('hands a connection over to whoever takes upgrades, and cuts it when it closes', async () => {
      const asked: (string | undefined)[] = [];
      door = await listen((_request, response) => response.end('ok'), {
        host: '127.0.0.1',
        port: 0,
        upgrade: (request, socket) => {
          asked.push(request.url);
          socket.write('HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: echo\r\n\r\n');
        },
      });
      const heard = shout(asking);
      await expect.poll(() => asked).toEqual(['/there']);
      const started = performance.now();
      await door.close(100);
      expect(performance.now() - started).toBeLessThan(2_000);
      expect(await heard).toMatch(/^HTTP\/1.1 101 /);
    });
    it('answers a request for an upgrade as any other where nobody takes upgrades', async () => {
      await slowly();
      const heard = shout(asking);
      await pause(100);
      await door.close(5_000);
      expect(await heard).toMatch(/^HTTP\/1.1 200 .*ok/s);
    });
  });

  describe('with patience', () => {
    const patient = async () => {
      door = await listen((request, response) => request.resume().on('end', () => response.end('read')), {
        host: '127.0.0.1',
        port: 0,
        headersTimeoutMs: 100,
        requestTimeoutMs: 200,
      });
    };
    /** Says what it is given and then nothing more; answers what came back once the door has hung up. */
    async function sayAndWait(text: string): Promise<string> {
      const socket = connect(door.port, '127.0.0.1');
      let heard = '';
      socket
        .on('error', () => undefined)
        .on('data', (bytes) => {
          heard += bytes.toString();
        });
      socket.write(text);
      await once(socket, 'close');
      return heard;
    }

    it('cuts off a client that does not finish its headers in time', async () => {
      await patient();
      expect(await sayAndWait('POST / HTTP/1.1\r\nHost: x\r\nX-Slow: ')).toMatch(/^HTTP\/1.1 408 /);
    });
    it('cuts off a client that does not finish its body in time', async () => {
      await patient();
      const answer = await sayAndWait('POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nhalf');
      expect(answer).not.toContain('read');
    });
    it('refuses headers that are too large', async () => {
      await patient();
      const long = `X-Long: ${'x'.repeat(20_000)}`;
      expect(await sayAndWait(`GET / HTTP/1.1\r\nHost: x\r\n${long}\r\n\r\n`)).toMatch(/^HTTP\/1.1 431 /);
    });
  });
});
