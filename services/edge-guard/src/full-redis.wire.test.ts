import { logger } from '@vox/platform/telemetry';
import { systemClock } from '@vox/platform/time';
import { eventually, redisServer } from '@vox/testing';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Dimension } from './limits/decide/window.ts';
import { memoryStores } from './memory.ts';
import { type RedisStore, redisStore } from './redis.ts';
import { alarm } from './store/keep/alarm.ts';
import { degrading } from './stores.ts';

const server = await redisServer(process.env);
const copies = 2;
const spanMs = 60_000;
/** A machine that does much else at once; what is asked here is what is counted. */
const withinMs = 5_000;

describe.skipIf(!server?.owned)('a Redis that somebody has filled', () => {
  let admin: Redis;
  let store: RedisStore;
  let edges: ReturnType<typeof degrading>[];
  const lines: string[] = [];
  const policies: (string | undefined)[] = [];
  let keys = 0;
  const dimension = (perMinute: number): Dimension => {
    keys += 1;
    return { scope: 'ip', key: `k${keys}`, limit: { perMinute, burst: 0 } };
  };
  const fill = async (): Promise<void> => {
    await admin.config('SET', 'maxmemory-policy', 'noeviction');
    await admin.config('SET', 'maxmemory', '3mb');
    const kib = 'x'.repeat(1_024);
    for (let n = 0; n < 20_000; n += 1)
      if (!(await admin.set(`fill:${n}`, kib, 'PX', 600_000).then(Boolean, () => false))) break;
    // Whatever fits into a last gap would still be kept.
    await admin.config('SET', 'maxmemory', '2mb');
  };
  const admitted = async (edge: (typeof edges)[number], asked: Dimension, times: number): Promise<number> => {
    const answers = await Promise.all(Array.from({ length: times }, () => edge.limits.take([asked])));
    return answers.filter(({ kind }) => kind === 'taken').length;
  };

  beforeAll(async () => {
    admin = new Redis(server?.url ?? '');
    store = redisStore(server?.url ?? '', { spanMs, withinMs, onPolicy: (policy) => policies.push(policy) });
    await eventually(() => store.ask());
  });
  beforeEach(() => {
    lines.length = 0;
    const log = logger({ service: 'test', destination: { write: (line: string) => void lines.push(line) } });
    edges = Array.from({ length: copies }, () =>
      degrading(store, memoryStores(systemClock), copies, systemClock, alarm(log)),
    );
  });
  afterEach(async () => {
    await admin.config('SET', 'maxmemory', '0');
    await admin.flushall();
  });
  afterAll(async () => {
    await store?.close();
    admin?.disconnect();
    await server?.stop();
  });

  it('lets every copy count its share alone, without a wait, until there is room again', async () => {
    await fill();
    await expect(store.limits.take([dimension(10)])).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    const asked = dimension(10);
    const startedMs = performance.now();
    for (const edge of edges) expect(await admitted(edge, asked, 40)).toBe(5);
    expect(performance.now() - startedMs).toBeLessThan(withinMs);
    const said = lines.map((line) => JSON.parse(line));
    expect(said).toHaveLength(1);
    expect(said[0]).toMatchObject({ level: 'warn', dependency: 'redis', says: 'it is full and refuses' });
    await expect(store.ask()).rejects.toThrow('it is full and refuses');

    await admin.flushall();
    await store.ask();
    const [one, two] = edges as [(typeof edges)[number], (typeof edges)[number]];
    // After some failures in a row it is left alone for half a second.
    const shared = dimension(10);
    await expect
      .poll(async () => [await admitted(one, dimension(4), 9), await admitted(two, dimension(4), 9)], {
        timeout: 5_000,
      })
      .toEqual([4, 4]);
    expect((await admitted(one, shared, 20)) + (await admitted(two, shared, 20))).toBe(10);
  });

  it('admits no more of whoever it counted before than the limit and the shares', async () => {
    const asked = dimension(10);
    const [one, two] = edges as [(typeof edges)[number], (typeof edges)[number]];
    const before = await admitted(one, asked, 6);
    await fill();
    const alone = (await admitted(one, asked, 40)) + (await admitted(two, asked, 40));
    expect(before).toBe(6);
    expect(alone).toBeLessThanOrEqual(10);
    expect(await admin.llen(`vox:limit:ip:${asked.key}`)).toBe(6);
  });

  it('gives an idempotency key to one request in each copy, and a redaction state to none', async () => {
    await fill();
    const [one, two] = edges as [(typeof edges)[number], (typeof edges)[number]];
    expect(await one.claims.claim('once', 'a', 5_000)).toBeUndefined();
    expect(await one.claims.claim('once', 'b', 5_000)).toBe('a');
    await one.claims.put('once', 'answer', 5_000);
    expect(await one.claims.claim('once', 'c', 5_000)).toBe('answer');
    expect(await two.claims.claim('once', 'd', 5_000)).toBeUndefined();
    await one.claims.release('once');
    await one.redactionStates.put('call', 'words', 5_000);
    expect(await one.redactionStates.take('call')).toBeUndefined();
  });

  it('lets a proof of work be spent once in each copy, and never twice in one', async () => {
    await fill();
    const [one, two] = edges as [(typeof edges)[number], (typeof edges)[number]];
    const spend = async (edge: typeof one, nonce: string) =>
      (await edge.claims.claim(`spent:${nonce}`, '1', 5_000)) === undefined;
    const nonce = 'a-nonce';
    expect([await spend(one, nonce), await spend(one, nonce), await spend(one, nonce)]).toEqual([true, false, false]);
    expect([await spend(two, nonce), await spend(two, nonce)]).toEqual([true, false]);
  });

  it('takes nobody’s counts away under the policy that docs/redis.md asks for', async () => {
    const asked = dimension(3);
    expect(await admitted(edges[0] as never, asked, 9)).toBe(3);
    await fill();
    expect(await admin.exists(`vox:limit:ip:${asked.key}`)).toBe(1);
  });

  it('names its policy at each new link', async () => {
    await admin.config('SET', 'maxmemory-policy', 'volatile-lru');
    const named: (string | undefined)[] = [];
    const other = redisStore(server?.url ?? '', { withinMs, onPolicy: (policy) => named.push(policy) });
    await expect.poll(() => named, { timeout: 5_000 }).toEqual(['volatile-lru']);
    await other.close();
    expect(policies).toEqual(['noeviction']);
  });
});
