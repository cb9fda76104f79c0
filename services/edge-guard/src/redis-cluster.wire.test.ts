import { randomUUID } from 'node:crypto';
import { eventually, redisCluster, redisServer } from '@vox/testing';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { Dimension } from './limits/decide/window.ts';
import { bucketNameOf, bucketsCount } from './limits/keep/buckets.ts';
import { promisesOfLimits } from './limits/keep/limits.promises.ts';
import { keyOf, type Limits } from './limits/keep/limits.ts';
import { nameOf } from './limits/keep/take-script.ts';
import { type RedisStore, redisStore } from './redis.ts';
import { promisesOfClaims } from './store/keep/claims.promises.ts';
import { redisClusterCommands, redisClusterRights, redisHash, redisUser } from './store/keep/redis-rights.ts';
import { promisesOfRedactionStates } from './transcripts/keep/redaction-states.promises.ts';

const group = await redisCluster(process.env);
const single = await redisServer({ ...process.env, REDIS_URL: undefined });
const password = randomUUID();
const everywhere = async (...command: string[]): Promise<unknown[]> =>
  Promise.all((group?.nodes ?? []).map((node) => group?.ask(node, ...command)));
const primaries = async (...command: string[]): Promise<unknown[]> =>
  Promise.all((group?.nodes ?? []).slice(0, 3).map((node) => group?.ask(node, ...command)));
await everywhere('ACL', 'SETUSER', redisUser, 'on', `#${redisHash(password)}`, ...redisClusterRights);
const url = group?.url.replace('://', `://${redisUser}:${password}@`) ?? '';

const spanMs = 600;
// What it keeps is asked here, and not how fast a busy machine is.
const withinMs = 5_000;
const opened: RedisStore[] = [];
async function open(at = url, windowMs = spanMs): Promise<RedisStore> {
  const store = redisStore(at, { spanMs: windowMs, withinMs });
  opened.push(store);
  await eventually(() => store.ask());
  return store;
}
afterAll(async () => {
  for (const { close } of opened) await close();
  await Promise.all([group?.stop(), single?.stop()]);
});

const minuteMs = 60_000;
const scopes = ['ip', 'user', 'key'] as const;
const taken = async (limits: Limits, dimensions: readonly Dimension[]) => {
  const answer = await limits.take(dimensions);
  // Which of two equal waits is named depends on the millisecond.
  return answer.kind === 'taken' ? answer.taken.map(({ limit, remaining }) => [limit, remaining]) : 'refused';
};
/** A request: which of a few keys it counts under, of each scope one at most. */
const request = fc.uniqueArray(fc.tuple(fc.constantFrom(0, 1, 2), fc.nat(2)), {
  ...{ minLength: 1, maxLength: 3 },
  selector: ([scope]) => scope,
});

describe.skipIf(group === undefined || single === undefined)('a cluster of Redis', () => {
  const openTwo = async () => [await open(), await open()] as const;
  promisesOfLimits('a cluster of Redis', spanMs, openTwo);
  promisesOfClaims('a cluster of Redis', openTwo);
  promisesOfRedactionStates('a cluster of Redis', openTwo);

  it('decides every sequence of requests as one server does, and keeps the same counts', async () => {
    const [many, one] = [await open(url, minuteMs), await open(single?.url, minuteMs)];
    const limits = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 9, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 15 }), limits, async (requests, most) => {
        const run = randomUUID();
        const dimension = (scope: number, key: number): Dimension => ({
          scope: scopes[scope] as Dimension['scope'],
          key: `${run}:${key}`,
          limit: { perMinute: most[3 * scope + key] ?? 0, burst: 0 },
        });
        for (const asked of requests) {
          const dimensions = asked.map(([scope, key]) => dimension(scope, key));
          expect(await taken(many.limits, dimensions)).toEqual(await taken(one.limits, dimensions));
        }
        for (const [scope, key] of requests.flat()) {
          const last = { ...dimension(scope, key), limit: { perMinute: 1_000, burst: 0 } };
          expect(await taken(many.limits, [last])).toEqual(await taken(one.limits, [last]));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('admits of many requests at once no more than each limit, and a refused one has consumed nothing', async () => {
    const [one, two] = [await open(url, minuteMs), await open(url, minuteMs)];
    const ip: Dimension = { scope: 'ip', key: randomUUID(), limit: { perMinute: 40, burst: 0 } };
    const users = Array.from(
      { length: 10 },
      (): Dimension => ({ scope: 'user', key: randomUUID(), limit: { perMinute: 3, burst: 0 } }),
    );
    const asked = Array.from({ length: 20 }, () => users).flat();
    const answers = await Promise.all(
      asked.map((user, at) => (at % 2 === 0 ? one : two).limits.take([ip, user]).then(({ kind }) => kind)),
    );
    // Ten persons with three each: the address, which has room for forty, refuses none of them.
    expect(answers.filter((kind) => kind === 'taken')).toHaveLength(30);
    const left = await one.limits.take([ip]);
    expect(left).toMatchObject({ taken: [{ remaining: 9 }] });
  });

  it('spreads limits, claims and redaction states over all of its servers', async () => {
    await primaries('FLUSHALL');
    const { limits, claims, redactionStates } = await open(url, minuteMs);
    const ids = Array.from({ length: 2 * bucketsCount }, () => randomUUID());
    await Promise.all(
      ids.flatMap((id) => [
        limits.take([{ scope: 'ip', key: id, limit: { perMinute: 5, burst: 0 } }]),
        claims.claim(`once:${id}`, 'x', minuteMs),
        claims.claim(`spent:${id}`, 'x', minuteMs),
        redactionStates.put(`carry:${id}`, 'x', minuteMs),
      ]),
    );
    const sizes = (await primaries('DBSIZE')) as number[];
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(4 * ids.length);
    for (const size of sizes) expect(size).toBeGreaterThan(ids.length / 2);
    const again = await Promise.all(ids.map((id) => claims.claim(`spent:${id}`, 'y', minuteMs)));
    expect(new Set(again)).toEqual(new Set(['x']));
    expect(await Promise.all(ids.map((id) => redactionStates.take(`carry:${id}`)))).toEqual(ids.map(() => 'x'));
  });

  it('lets nobody choose the place of a key by what stands in an id', () => {
    const slotted = (key: string): string => /\{(.*?)\}/.exec(bucketNameOf(key))?.[1] ?? '';
    fc.assert(
      fc.property(fc.string(), (id) => {
        const key = keyOf({ scope: 'user', key: `acme:{${id}}`, limit: { perMinute: 1, burst: 0 } });
        expect(Number(slotted(key))).toBeLessThan(bucketsCount);
        expect(bucketNameOf(key)).toBe(nameOf(`{${slotted(key)}}:${key}`));
      }),
    );
  });

  it('is asked nothing that the user of edge-guard has no right to', async () => {
    await everywhere('CONFIG', 'RESETSTAT');
    await everywhere('ACL', 'LOG', 'RESET');
    const store = await open(url, minuteMs);
    const dimension = (scope: Dimension['scope'], perMinute: number): Dimension => ({
      ...{ scope, key: randomUUID() },
      limit: { perMinute, burst: 0 },
    });
    const none = dimension('ip', 0);
    // The narrower one is taken first, and given back when the wider one refuses.
    for (let n = 0; n < 5; n += 1) expect((await store.limits.take([none, dimension('user', 1)])).kind).toBe('refused');
    await store.close();
    const stats = (await everywhere('INFO', 'commandstats')).join('\n');
    for (const name of ['lrem', 'cluster|slots', 'cluster|info'] as const) {
      expect(redisClusterCommands).toContain(name);
      expect(stats).toContain(`cmdstat_${name}:`);
    }
    // The driver names its connections, and does without where it may not.
    const denied = ((await everywhere('ACL', 'LOG')) as unknown[][][])
      .flat()
      .map((entry) => entry[entry.indexOf('object') + 1]);
    expect([...new Set(denied)].filter((name) => !String(name).startsWith('client'))).toEqual([]);
  });
});
