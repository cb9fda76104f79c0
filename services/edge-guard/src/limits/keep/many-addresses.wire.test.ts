import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { systemClock } from '@vox/platform/time';
import { redisServer } from '@vox/testing';
import { Redis } from 'ioredis';
import { afterAll, describe, expect, it } from 'vitest';
import { limitKeyOf } from '../../client/decide/address.ts';
import { redisStore } from '../../redis.ts';
import type { Dimension } from '../decide/window.ts';
import { denyCache } from './deny-cache.ts';
import type { Limits } from './limits.ts';
import { memoryLimits } from './memory-limits.ts';

const server = await redisServer(process.env);
afterAll(() => server?.stop());
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const addresses = 100_000;
/** What one address may cost, in bytes: its name, one moment, and what the store keeps of it. */
const inRedisMax = 320;
const inHeapMax = 700;

const one = (n: number, perMinute: number): Dimension => ({
  scope: 'ip',
  key: limitKeyOf(`2001:db8:${(n >> 16).toString(16)}:${(n & 0xffff).toString(16)}::1`),
  limit: { perMinute, burst: 0 },
});
async function each(limits: Limits, from: number, to: number, perMinute: number, times = 1): Promise<void> {
  const batch = 500;
  for (let first = from; first < to; first += batch)
    for (let time = 0; time < times; time += 1)
      await Promise.all(Array.from({ length: batch }, (_, n) => limits.take([one(first + n, perMinute)])));
}
const heap = (): number => {
  collect();
  return process.memoryUsage().heapUsed;
};

describe('a hundred thousand addresses, each once', () => {
  it.skipIf(server === undefined)(
    'cost Redis no more than 320 bytes each, and nothing once their minute is over',
    async () => {
      const redis = new Redis(server?.url ?? '');
      const store = redisStore(server?.url ?? '', { spanMs: 30_000, withinMs: 5_000 });
      await expect.poll(store.healthy).toBe(true);
      const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await redis.info('memory'))?.[1]);
      const before = await used();
      await each(store.limits, 0, addresses, 60);
      const perAddress = ((await used()) - before) / addresses;
      process.stdout.write(`Redis: ${Math.round(perAddress)} bytes an address\n`);
      expect(perAddress).toBeLessThan(inRedisMax);
      await expect.poll(() => redis.dbsize(), { timeout: 60_000, interval: 1_000 }).toBeLessThan(addresses / 100);
      await store.close();
      redis.disconnect();
    },
    120_000,
  );
  it('cost a copy that counts alone a bounded heap: as many again push out the first', async () => {
    const before = heap();
    const limits = memoryLimits(systemClock, 600_000);
    await each(limits, 0, addresses, 60);
    const full = heap() - before;
    await each(limits, addresses, 2 * addresses, 60);
    const fuller = heap() - before;
    process.stdout.write(
      `alone: ${Math.round(full / addresses)} bytes an address, ${Math.round(fuller / 1_048_576)} MiB at most\n`,
    );
    expect(full / addresses).toBeLessThan(inHeapMax);
    expect(fuller).toBeLessThan(full * 1.15);
    expect((await limits.take([one(0, 60)])).kind).toBe('taken');
  }, 120_000);
  it('cost the cache of denials a bounded heap too', async () => {
    const clock = { now: () => new Date(0) };
    const refusing: Limits = {
      take: async ([dimension]) => ({
        kind: 'refused',
        by: { scope: 'ip', limit: 1, remaining: 0, resetSeconds: 60 },
        dimension: dimension as Dimension,
        retryMs: 60_000,
      }),
    };
    const before = heap();
    const denied = denyCache(refusing, clock);
    await each(denied, 0, addresses, 1);
    const full = heap() - before;
    await each(denied, addresses, 2 * addresses, 1);
    const fuller = heap() - before;
    process.stdout.write(`denials: ${Math.round(full / addresses)} bytes an address\n`);
    expect(full / addresses).toBeLessThan(inHeapMax);
    expect(fuller).toBeLessThan(full * 1.15);
    expect(denied.known(one(0, 1))).toBeUndefined();
  }, 120_000);
});
