import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../telemetry/mod.ts';
import { systemClock } from '../time/mod.ts';
import { jsonBody, signedBodyOf } from './json-body.ts';
import { type Listening, listen } from './listen.ts';
import { problemHandler } from './problem-handler.ts';

let door: Listening;
beforeAll(async () => {
  const app = express()
    .use(jsonBody({ limitBytes: 1_000, maxDepth: 4, types: ['application/json'] }))
    .post('/', (request, response) => {
      response.json({
        heard: request.body,
        ...(request.query.signed && { signed: Buffer.from(signedBodyOf(request)).toString() }),
      });
    })
    .use(problemHandler(silentLog, systemClock));
  door = await listen(app, { host: '127.0.0.1', port: 0 });
});
afterAll(() => door.close(0));

const post = async (type: string, body: string | Buffer) => {
  const response = await fetch(door.url, {
    method: 'POST',
    headers: { 'content-type': type },
    body: new Uint8Array(Buffer.from(body)),
  });
  return { status: response.status, body: (await response.json()) as { heard?: unknown; issues?: unknown } };
};

describe('a JSON body', () => {
  it('is read as UTF-8, with or without a charset', async () => {
    for (const type of ['application/json', 'application/json; charset=utf-8', 'application/json; charset="UTF-8"'])
      expect(await post(type, '{"a":"é"}')).toEqual({ status: 200, body: { heard: { a: 'é' } } });
  });
  it('in any other encoding is refused: a filter in front of us would read something else', async () => {
    const plainly = [{ path: '(body)', message: 'must be plain UTF-8' }];
    for (const [type, body] of [
      ['application/json; charset=utf-16', Buffer.from('{"a":1}', 'utf16le')],
      ['application/json; charset=utf-7', '+AHsAIgBhACIAOgAxAH0-'],
      ['application/json; charset=utf-32', '{}'],
      ['application/json; charset=latin1', '{}'],
      ['application/json', Buffer.from([0x7b, 0x22, 0x61, 0x22, 0x3a, 0x22, 0xff, 0x22, 0x7d])],
    ] as const)
      expect(await post(type, body)).toMatchObject({ status: 400, body: { issues: plainly } });
  });
  it('that reaches into prototypes, at any depth, is refused, and the refusal names the key', async () => {
    expect(await post('application/json', '{"a":{"__proto__":{"b":1}}}')).toMatchObject({
      status: 400,
      body: { issues: [{ path: 'a.__proto__' }] },
    });
  });
  it('of another type is refused and not read as empty; a missing body is read as empty', async () => {
    for (const type of ['application/xml', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', ';'])
      expect(await post(type, '{"a":1}')).toMatchObject({ status: 400, body: { issues: [{ path: '(body)' }] } });
    expect((await fetch(door.url, { method: 'POST' })).status).toBe(200);
  });
  it('is there as it was sent where its sender signed it, and nowhere else', async () => {
    const send = async (headers: Record<string, string>, body?: string) => {
      const sent = { 'content-type': 'application/json', ...headers };
      const answer = await fetch(`${door.url}?signed=1`, { method: 'POST', headers: sent, ...(body && { body }) });
      return ((await answer.json()) as { signed: string }).signed;
    };
    const spaced = '{ "a" :  "é" }';
    expect(await send({ 'signature-input': 'x=()' }, spaced)).toBe(spaced);
    expect(await send({ 'signature-input': 'x=()' })).toBe('');
    expect(await send({}, spaced)).toBe('');
  });
  it('that names a field twice counts with the last value', async () => {
    expect((await post('application/json', '{"a":1,"a":2}')).body).toEqual({ heard: { a: 2 } });
  });
});
