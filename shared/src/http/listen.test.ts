import { Agent, get } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { type Listening, listen } from './listen.ts';

describe('a listening door', () => {
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

  it('goes on serving while it drains, and asks with each answer to be left', async () => {
    await slowly();
    expect(await ask()).toBe('keep-alive');
    door.drain();
    expect(await ask()).toBe('close');
    expect(await ask()).toBe('close');
  });
  it('ends the requests under way when it closes, keeps no connection after them, and takes no new one', async () => {
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
});
