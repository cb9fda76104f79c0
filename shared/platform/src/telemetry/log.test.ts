import { ConnectionError, errors as nats } from '@nats-io/transport-node';
import { hostileOrigins, hostileWords } from '@vox/testing';
import { MongoNetworkError, MongoParseError, MongoServerError } from 'mongodb';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { Fault, orUnavailable, Reason } from '../fault/mod.ts';
import { logger } from './log.ts';

function lines(withPersonalData = false) {
  const written: string[] = [];
  let nowMs = 0;
  const log = logger({
    service: 'test',
    withPersonalData,
    destination: { write: (line: string) => void written.push(line) },
    nowMs: () => nowMs,
  });
  return {
    log,
    text: () => written.join(''),
    said: () => written.map((line) => JSON.parse(line) as Record<string, unknown>),
    later: (ms: number) => {
      nowMs += ms;
    },
  };
}

const systemError = (code: string, over: object = {}) =>
  Object.assign(new Error(`connect ${code} canary`), { code, syscall: 'connect', ...over });
const refused = () => systemError('ECONNREFUSED', { address: '127.0.0.1', port: 27_017 });
const named = (name: string, message: string, over: object = {}) =>
  Object.assign(new Error(message), { name, ...over });

describe('a log line', () => {
  it('is one line, whatever is told in it, and tells it as it is', () => {
    for (const word of [...hostileWords, ...hostileOrigins]) {
      const { log, text } = lines();
      log.info({ word, deep: [{ word }] }, 'x');
      expect(text().split('\n')).toEqual([expect.any(String), '']);
      expect(JSON.parse(text())).toMatchObject({ level: 'info', msg: 'x', word, deep: [{ word }] });
    }
  });
  it('cuts whatever stands under the name of a secret, however deep', () => {
    const { log, text } = lines();
    log.info(
      { request: { headers: { authorization: 'canary-1' }, body: [{ authToken: 'canary-2' }] }, seed: 'canary-3' },
      'x',
    );
    expect(text()).not.toMatch(/canary/);
  });
  it('leaves personal data out unless the configuration asks for it', () => {
    const without = lines();
    without.log.info({ 'pii.ip': '192.0.2.1' }, 'x');
    expect(without.text()).not.toContain('192.0.2.1');
    const withIt = lines(true);
    withIt.log.info({ 'pii.ip': '192.0.2.1' }, 'x');
    expect(withIt.text()).toContain('192.0.2.1');
  });
  it('shows the kind and place of an error, and its text only if it is ours', () => {
    const { log, text } = lines();
    log.error(
      { error: new Error('canary', { cause: new TypeError('canary too', { cause: new Reason('ours') }) }) },
      'x',
    );
    expect(text()).not.toMatch(/canary/);
    expect(text()).toContain('TypeError');
    expect(text()).toContain('ours');
    expect(text()).toContain('log.test.ts');
  });
  it('takes no message for a place in the code', () => {
    const { log, text } = lines();
    const error = new Error('x\n    at canary (file:///canary.ts:1:1)\n    at /canary:2:2');
    log.error({ error }, 'x');
    expect(text()).not.toMatch(/canary/);
    expect(text()).toContain('log.test.ts');
  });
});

describe('the log of a driver’s error', () => {
  const selection = () => {
    const error = new MongoNetworkError('canary', { cause: refused() });
    const reason = { servers: new Map([['db.example:27017', { error }]]) };
    return named('MongoServerSelectionError', 'canary mongodb://u:canary@db.example', { reason });
  };
  it.each<readonly [string, unknown, object]>([
    [
      'no MongoDB',
      selection(),
      { dependency: 'mongodb', says: 'nothing listens at the address', tried: '127.0.0.1:27017' },
    ],
    [
      'a wrong password of MongoDB',
      new MongoServerError({ message: 'canary', code: 18 }),
      { dependency: 'mongodb', says: 'user or password is wrong' },
    ],
    [
      'a missing right in MongoDB',
      new MongoServerError({ message: 'canary', code: 13 }),
      { dependency: 'mongodb', says: 'the user may not do this' },
    ],
    ['a URI that is none', new MongoParseError('canary'), { dependency: 'mongodb', check: 'MONGODB_URI' }],
    [
      'no NATS',
      new ConnectionError('canary', { cause: systemError('ECONNREFUSED', { address: '::1', port: 4222 }) }),
      { dependency: 'nats', says: 'nothing listens at the address', tried: '[::1]:4222' },
    ],
    [
      'a wrong nkey',
      new nats.AuthorizationError('canary'),
      { dependency: 'nats', says: 'the server lets nobody in with this nkey' },
    ],
    [
      'a missing right on the bus',
      new nats.PermissionViolationError('canary', 'publish', 'vox.ask.auth.tenant-put'),
      { dependency: 'nats', says: 'this nkey has no right: to say vox.ask.auth.tenant-put' },
    ],
    [
      'a full Redis',
      named('ReplyError', 'OOM command not allowed canary', { command: { args: ['canary'] } }),
      { dependency: 'redis', says: 'it is full and refuses' },
    ],
    [
      'a Redis that wants a password',
      named('ReplyError', 'NOAUTH canary'),
      { dependency: 'redis', check: 'the password in REDIS_URL' },
    ],
    [
      'no Redis',
      new Error("Stream isn't writeable and enableOfflineQueue options is false"),
      { dependency: 'redis', says: 'there is no connection' },
    ],
    [
      'a host that nobody knows',
      systemError('ENOTFOUND', { hostname: 'no.example' }),
      { says: 'nobody knows the name of the host', tried: 'no.example' },
    ],
    ['each address of a host', new AggregateError([refused()], 'canary'), { says: 'nothing listens at the address' }],
    [
      'a provider that knows no key',
      named('ProviderFailure', 'canary', { cause: named('AuthenticationError', 'canary', { status: 401 }) }),
      { dependency: 'provider', says: 'it does not know the key (401)' },
    ],
    ['a certificate', systemError('CERT_HAS_EXPIRED'), { says: 'its certificate is not believed' }],
  ])('says what happened, where, and what to check: %s', (_what, error, told) => {
    const { log, said, text } = lines();
    log.warn({ error }, 'a sweep failed');
    log.error({ error: new Fault('UNAVAILABLE', {}, { cause: error }) }, 'could not start');
    expect(said()).toMatchObject([told, told]);
    expect(said()[0]).toMatchObject({ check: expect.stringMatching(/./) });
    expect(text()).not.toContain('{setting}');
    expect(text()).not.toContain('canary');
  });

  it.each<readonly [string, unknown]>([
    [
      'a document',
      new MongoServerError({
        message: 'E11000 dup key { mail: "canary" }',
        code: 11_000,
        keyValue: { mail: 'canary' },
      }),
    ],
    [
      'a subject name',
      new nats.PermissionViolationError('canary', 'publish', 'vox.session.requested.shop.canary.canary'),
    ],
    ['a subject name that is none', new nats.PermissionViolationError('canary', 'publish', 'x canary')],
    ['a host that is none', systemError('ENOTFOUND', { hostname: 'u:canary@host' })],
    ['a code that is none', Object.assign(new Error('x'), { code: 'canary of somebody' })],
    ['a name that is none', named('canary of somebody', 'x')],
    [
      'what was sent',
      named('TypeError', 'fetch failed canary', { cause: systemError('UND_ERR_SOCKET', { url: 'canary' }) }),
    ],
    ['what did not fit a schema', z.object({ canary: z.number() }).safeParse({ canary: 'canary' }).error],
    [
      'fields of its own',
      Object.assign(new Error('x'), { request: 'canary', response: { body: 'canary' }, cmd: 'canary' }),
    ],
    ['what is no error', 'canary'],
    ['what is no error either', { message: 'canary', stack: 'at canary' }],
  ])('repeats nothing of the error: %s', async (_what, error) => {
    const { log, text } = lines();
    log.warn({ error: error instanceof Error ? error : new Error('x', { cause: error }) }, 'x');
    log.error({ error }, 'x');
    const wrapped = await orUnavailable(() => Promise.reject(error)).catch((fault: unknown) => fault);
    log.warn({ error: wrapped }, 'y');
    log.warn({ error, dependency: 'store' }, 'z');
    expect(text().split('\n').length).toBeGreaterThan(2);
    expect(text()).not.toContain('canary');
  });
});

describe('a dependency that is down', () => {
  it('is logged at most once in ten seconds, whatever fails for it, and once when it is back', () => {
    const { log, said, later } = lines();
    for (let second = 0; second < 25; second += 1) {
      log.warn(
        { error: new Fault('UNAVAILABLE', {}, { cause: new MongoNetworkError('x', { cause: refused() }) }) },
        'a sweep failed',
      );
      log.warn({ dependency: 'mongodb', tried: 'a:1' }, 'a dependency does not answer');
      later(1_000);
    }
    later(1_000);
    log.answered('mongodb');
    log.answered('mongodb');
    expect(
      said().map(({ level, dependency, downSeconds, unsaid }) => [level, dependency, downSeconds, unsaid]),
    ).toEqual([
      ['warn', 'mongodb', 0, 0],
      ['warn', 'mongodb', 10, 19],
      ['warn', 'mongodb', 20, 19],
      ['info', 'mongodb', 26, 9],
    ]);
    expect(said()[0]).toMatchObject({ because: 'a sweep failed', tried: '127.0.0.1:27017' });
  });
  it('is logged with the address where it answered before, if its error has none', () => {
    const { log, said } = lines();
    log.answered('nats', 'a:4222');
    log.warn({ error: new Fault('UNAVAILABLE', {}, { cause: new nats.ClosedConnectionError() }) }, 'a sweep failed');
    expect(said()).toMatchObject([{ dependency: 'nats', tried: 'a:4222', says: 'the connection is closed' }]);
  });
  it('hides no warning with another reason, and never an error', () => {
    const { log, said } = lines();
    for (let n = 0; n < 3; n += 1) log.warn({ error: new TypeError('a bug') }, 'a sweep failed');
    for (let n = 0; n < 3; n += 1) log.error({ error: refused() }, 'could not start');
    for (let n = 0; n < 3; n += 1) log.warn({ version: '1' }, 'an old server');
    expect(said()).toHaveLength(9);
  });
  it('without a name shares no line: each sentence is then logged once in ten seconds', () => {
    const { log, said } = lines();
    const error = new Fault('UNAVAILABLE', {}, { cause: new Reason('nobody answered in time') });
    for (let n = 0; n < 5; n += 1) log.warn({ error }, 'a request was refused');
    for (let n = 0; n < 5; n += 1) log.warn({ error }, 'another');
    expect(said()).toMatchObject([
      { says: 'nobody answered in time', msg: 'a request was refused' },
      { msg: 'another' },
    ]);
  });
});
