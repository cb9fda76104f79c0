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
