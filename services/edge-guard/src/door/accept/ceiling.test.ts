import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { jsonReader, type Listening, listen, problemHandler } from '@vox/platform/http';
import { silentLog } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import express from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { ceiling, leaveDoor } from './ceiling.ts';

describe('the ceiling of the door', () => {
  let door: Listening;
  let finish: () => void = () => undefined;
  afterEach(() => {
    finish();
    return door.close(0);
  });
  const keyOf = (request: express.Request) => String(request.get('x-from'));
  const open = async (requestsMax: number, bodyBytesMax: number) => {
    const all = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const { enter, hold } = ceiling({ requestsMax, requestsPerAddressMax: 64, bodyBytesMax }, keyOf);
    const read = jsonReader({ limitBytes: 100_000, maxDepth: 4, types: ['application/json'] });
    const app = express()
      .use(enter)
      .get('/slow', async (_request, response) => {
        await all;
        response.json({});
      })
      .get('/long', async (_request, response) => {
        leaveDoor(response);
        response.writeHead(200).write('long');
        await all;
        response.end();
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
  it('sheds the body that would be too much together with others, until they are gone', async () => {
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
  it('does not count bytes that were announced and never sent', async () => {
    await open(100, 150_000);
    const idle = Array.from({ length: 8 }, () => connect(door.port, '127.0.0.1'));
    for (const socket of idle)
      socket.write('POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99000\r\n\r\n');
    await pause(100);
    expect((await post(80_000)).status).toBe(200);
    for (const socket of idle) socket.destroy();
  });
  const from = (address: string) => fetch(`${door.url}/slow`, { headers: { 'x-from': address } });
  const announces = (address: string) => {
    const socket = connect(door.port, '127.0.0.1');
    socket.on('error', () => undefined);
    const head = 'POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99000\r\n';
    socket.write(`${head}X-From: ${address}\r\n\r\n`);
    return socket;
  };
  it('gives one address that sends nothing its share of the places, and lets others in', async () => {
    await open(20, 1_000_000);
    const idle = Array.from({ length: 20 }, () => announces('one'));
    await pause(100);
    const shed = await from('one');
    expect([shed.status, shed.headers.get('retry-after')]).toEqual([503, '1']);
    const others = ['two', 'three', 'four'].map(from);
    finish();
    expect((await Promise.all(others)).map(({ status }) => status)).toEqual([200, 200, 200]);
    for (const socket of idle) socket.destroy();
    await expect.poll(async () => (await from('one')).status).toBe(200);
  });
  it('gives the place of an answer that goes on for long to the next request, and gives it once', async () => {
    await open(8, 1_000_000);
    const long = await Promise.all(Array.from({ length: 30 }, () => fetch(`${door.url}/long`)));
    expect(new Set(long.map(({ status }) => status))).toEqual(new Set([200]));
    const slow = Array.from({ length: 8 }, (_, n) => from(String(n)));
    await pause(100);
    expect((await from('more')).status).toBe(503);
    finish();
    expect(await Promise.all(long.map((answer) => answer.text()))).toEqual(long.map(() => 'long'));
    expect((await Promise.all(slow)).map(({ status }) => status)).toEqual(slow.map(() => 200));
  });
  it('has every place free again, however requests ended', async () => {
    await open(16, 1_000_000);
    for (let round = 0; round < 6; round += 1) {
      const sockets = ['one', 'two', 'three'].flatMap((each) => Array.from({ length: 6 }, () => announces(each)));
      const piped = connect(door.port, '127.0.0.1');
      piped.on('error', () => undefined);
      piped.write(`GET /slow HTTP/1.1\r\nHost: x\r\nX-From: four\r\n\r\n`.repeat(8));
      await pause(20);
      for (const socket of [...sockets, piped]) socket.destroy();
    }
    await pause(50);
    const whole = ['one', 'two'].flatMap((each) => Array.from({ length: 8 }, () => from(each)));
    await pause(100);
    expect((await from('three')).status).toBe(503);
    finish();
    expect(new Set((await Promise.all(whole)).map(({ status }) => status))).toEqual(new Set([200]));
  });
});
