import { redisStore } from '@vox/edge-guard/redis';
import { redisCommands, redisKeys, redisUser } from '@vox/edge-guard/redis-rights';
import { eventually } from '@vox/testing';
import fc from 'fast-check';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostOf, securedServers } from './secured.ts';

const { servers, identities, authority: ca, stop } = await securedServers();
const host = hostOf(servers?.redis.url ?? 'rediss://none');
const urlAs = (user: string, password = ''): string => `rediss://${user}:${password}@${host}`;
const edgeUrl = urlAs(redisUser, identities.passwords[redisUser]);
const patientMs = 5_000;

describe.skipIf(servers === undefined)('the user of edge-guard in Redis', () => {
  const open: Redis[] = [];
  const linkAs = (url: string): Redis => {
    const redis = new Redis(url, { tls: { ca }, disableClientInfo: true });
    redis.on('error', () => undefined);
    open.push(redis);
    return redis;
  };
  let admin: Redis;
  let edge: Redis;
  beforeAll(() => {
    admin = linkAs(urlAs(identities.admin.user, identities.admin.password));
    edge = linkAs(edgeUrl);
  });
  afterAll(async () => {
    for (const redis of open) redis.disconnect();
    await stop();
  });

  const sentBy = async (): Promise<string[]> =>
    [...(await admin.info('commandstats')).matchAll(/^cmdstat_([^:]+):calls/gm)].map(([, name = '']) => name);

  it('has the right to each command that edge-guard sends, and to no other', async () => {
    await admin.config('RESETSTAT');
    await admin.script('FLUSH');
    const spanMs = 200;
    const store = redisStore(edgeUrl, { ca, spanMs, withinMs: patientMs });
    await eventually(() => store.ask());
    const one = { scope: 'ip' as const, key: 'x', limit: { perMinute: 1, burst: 0 } };
    const take = async () => (await store.limits.take([one])).kind;
    expect([await take(), await take()]).toEqual(['taken', 'refused']);
    await expect.poll(take).toBe('taken');
    // Moments that are over leave a count that goes on.
    const many = { ...one, key: 'y', limit: { perMinute: 1_000, burst: 0 } };
    const counted = () => store.limits.take([many]).then(sentBy);
    await expect.poll(counted, { timeout: 5_000 }).toContain('lpop');
    await store.limits.forget('ip', ['x']);
    expect(await store.claims.claim('k', 'v', 9_000)).toBeUndefined();
    expect(await store.claims.claim('k', 'w', 9_000)).toBe('v');
    await store.claims.put('k', 'x', 9_000);
    await store.claims.release('k');
    await store.redactionStates.put('carry:x', 'v', 9_000);
    expect(await store.redactionStates.take('carry:x')).toBe('v');
    await store.close();
    const ours = (await sentBy()).filter((name) => !/^(config|acl|hello|auth|script)\b/.test(name));
    expect(ours.sort()).toEqual([...redisCommands].sort());
    expect(await admin.call('ACL', 'LOG')).toEqual([]);
  });

  it('is refused every other command of the server', async () => {
    // Whoever wants to come in may send these; they give no right.
    const always = ['auth', 'hello', 'quit', 'reset'];
    const all = ((await admin.call('COMMAND', 'LIST')) as string[]).filter((name) => !always.includes(name));
    expect(all.length).toBeGreaterThan(200);
    const rights = (await admin.call('ACL', 'LIST')) as string[];
    const words = rights.find((line) => line.startsWith(`user ${redisUser} `))?.split(' ') ?? [];
    expect(words.filter((word) => word.startsWith('~')).sort()).toEqual(redisKeys.map((key) => `~${key}`).sort());
    const granted = words.filter((word) => word.startsWith('+'));
    expect(granted.map((word) => word.slice(1)).sort()).toEqual([...redisCommands].sort());
    for (const name of all.filter((each) => !(redisCommands as readonly string[]).includes(each))) {
      const said = await edge.call(...wordsOf(name)).then(
        () => 'done',
        (error: Error) => error.message,
      );
      expect(said, name).toMatch(/^(EXECABORT .*)?NOPERM|wrong number of arguments|unknown (sub)?command/i);
      if (dangerous.includes(name)) expect(said, name).toMatch(/^NOPERM/);
    }
  });

  it('is refused every key that is not edge-guard’s, in a command and in a script', async () => {
    const prefixes = redisKeys.map((pattern) => pattern.slice(0, -1));
    const key = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.constantFrom('vox:', 'vox:limi', 'vox:limit', 'VOX:limit:x', ' vox:mark:x', 'vox:audit:x', 'x:vox:carry:y'),
    );
    const foreign = key.filter((each) => !prefixes.some((prefix) => each.startsWith(prefix)));
    const noRight = /^(NOPERM|ERR .*No permissions|.*NOPERM|.*can't access)/is;
    await fc.assert(
      fc.asyncProperty(foreign, async (each) => {
        for (const asked of [
          edge.set(each, 'x'),
          edge.del(each),
          edge.getdel(each),
          edge.lpop(each),
          edge.rpush(each, 'x'),
          edge.eval(`return redis.call('SET', KEYS[1], 'x')`, 1, each),
          // A key that was not announced is refused at the call itself.
          edge.eval(`return redis.call('SET', ARGV[1], 'x')`, 0, each),
        ])
          await expect(asked).rejects.toThrow(noRight);
      }),
      { numRuns: 50 },
    );
    // Another test may have left a key of edge-guard's own, which ends by itself.
    const left = await admin.keys('*');
    expect(left.filter((each) => !prefixes.some((prefix) => each.startsWith(prefix)))).toEqual([]);
  });

  it.each(['KEYS *', 'FLUSHALL', 'CONFIG GET *', 'SCAN 0', 'GET vox:mark:x', 'ACL LIST', 'EVAL 1 0'])(
    'is refused %s within a script too',
    async (line) => {
      const words = line.split(' ').map((word) => `'${word}'`);
      await expect(edge.eval(`return redis.call(${words.join(', ')})`, 0)).rejects.toThrow(
        /NOPERM|ACL failure|not allowed from script|no permissions|can't run this command/i,
      );
    },
  );

  it.each([
    ['a client without a name', `rediss://${host}`],
    ['the default user', urlAs('default', 'x')],
    ['edge-guard with a wrong password', urlAs(redisUser, 'wrong')],
    ['an unknown user', urlAs('thief', 'x')],
  ])('%s is refused every command', async (_who, url) => {
    const { hostname, port, username, password } = new URL(url);
    const raw = new Redis({
      ...{ host: hostname, port: Number(port), tls: { ca }, protocol: 2, enableReadyCheck: false },
      ...{ disableClientInfo: true, lazyConnect: true, retryStrategy: () => null },
    });
    raw.on('error', () => undefined);
    await raw.connect();
    if (username !== '') await expect(raw.call('AUTH', username, password)).rejects.toThrow(/^WRONGPASS/);
    for (const command of ['PING', 'INFO', 'GET x', 'SET vox:mark:x y', 'COMMAND', 'ACL WHOAMI', 'EVAL x 0']) {
      const [name = '', ...args] = command.split(' ');
      await expect(raw.call(name, ...args), command).rejects.toThrow(/^NOAUTH/);
    }
    raw.disconnect();
  });
});

const dangerous = [
  ...['keys', 'scan', 'get', 'flushall', 'flushdb', 'shutdown', 'monitor', 'role', 'randomkey', 'lastsave', 'bgsave'],
  ...['config|get', 'acl|list', 'acl|whoami', 'client|list', 'client|id', 'script|flush', 'function|list', 'save'],
];

/** A command with enough arguments that what is refused is the command itself. */
function wordsOf(name: string): [string, ...string[]] {
  const one = ['keys', 'scan', 'config|get', 'get'];
  const [command = '', ...part] = name.split('|');
  return [command, ...part, ...(one.includes(name) ? ['0'] : [])];
}
