import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { jsonReader, type Listening, listen, problemHandler } from '@vox/shared/http';
import { silentLog } from '@vox/shared/telemetry';
import { systemClock } from '@vox/shared/time';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { ceiling } from './ceiling.ts';

describe('the ceiling of the door', () => {
  let door: Listening;
  let finish: () => void = () => undefined;
  afterEach(() => {
    finish();
    return door.close(0);
  });
  const open = async (requestsMax: number, bodyBytesMax: number) => {
    const all = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { enter, hold } = ceiling({ requestsMax, bodyBytesMax });
    const read = jsonReader({ limitBytes: 100_000, maxDepth: 4, types: ['application/json'] });
    const app = express()
      .use(enter)
      .get('/slow', async (_request, response) => {
        await all;
        response.json({});
      })
      .post('/', async (request, response) => {
        await hold(request, response, () => read(request, response));
        response.json({});
      })
      .use(problemHandler(silentLog, systemClock));
    door = await listen(app, { host: '127.0.0.1', port: 0 });
  };
  const post = (length: number) =>
    fetch(door.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify('x'.repeat(length)).replace(/^/, '[').concat(']'),
    });

  it('sheds the next request with 503 and Retry-After, and lets one in again when another is answered', async () => {
    await open(2, 1_000_000);
    const slow = [fetch(`${door.url}/slow`), fetch(`${door.url}/slow`)];
    await pause(100);
    const shed = await fetch(`${door.url}/slow`);
    expect([shed.status, shed.headers.get('retry-after')]).toEqual([503, '1']);
    finish();
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual([200, 200]);
    await expect.poll(async () => (await post(1)).status).toBe(200);
  });
  it('sheds the body that would be too much together with the others, and takes bodies again when they are gone', async () => {
    await open(100, 150_000);
    const held = connect(door.port, '127.0.0.1');
    held.on('error', () => undefined);
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99000\r\n\r\n';
    held.write(`${head}["${'x'.repeat(90_000)}`);
    await pause(100);
    expect((await post(10_000)).status).toBe(200);
    const shed = await post(80_000);
    expect([shed.status, shed.headers.get('retry-after')]).toEqual([503, '1']);
    held.destroy();
    await once(held, 'close');
    await expect.poll(async () => (await post(80_000)).status).toBe(200);
  });
  it('is not reached by what was announced and never sent', async () => {
    await open(100, 150_000);
    const idle = Array.from({ length: 20 }, () => connect(door.port, '127.0.0.1'));
    for (const socket of idle)
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99000\r\n\r\n');
    await pause(100);
    expect((await post(80_000)).status).toBe(200);
    for (const socket of idle) socket.destroy();
  });
});
