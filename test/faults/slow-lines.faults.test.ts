import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import {
  type Answer,
  answeredMs,
  balance,
  comesBack,
  commandsComeBack,
  refusedMs,
  shopOn,
  slowest,
  statuses,
  testStack,
  times,
  wholeCall,
  wide,
} from './harness.ts';
import { type Line, lineTo } from './line.ts';

const lines: Record<string, Line> = {};
const { isOpen, stack } = await testStack({
  async reach(addresses) {
    for (const [name, address] of Object.entries(addresses))
      if (address !== undefined) lines[name] = await lineTo(address);
    return Object.fromEntries(Object.entries(lines).map(([name, { url }]) => [name, url])) as typeof addresses;
  },
});
const { redis, nats, mongo, provider } = lines as Record<'redis' | 'nats' | 'mongo' | 'provider', Line>;
afterEach(() => {
  for (const line of Object.values(lines)) line.well();
});
afterAll(async () => {
  for (const line of Object.values(lines)) await line.close();
});

const of = (answers: readonly Answer[], status: number): number =>
  answers.filter((answer) => answer.status === status).length;
const bootstraps = async (shop: Awaited<ReturnType<typeof shopOn>>, from: string, count: number) => {
  const answers: Answer[] = [];
  for (let n = 0; n < count; n += 1) answers.push(await shop.bootstrap(from));
  return answers;
};

describe.skipIf(!isOpen)('a slow line', () => {
  it('to Redis: a wait of 20 ms is waited for, a longer one is not, and an address is never admitted more often than twice its limit', async () => {
    const shop = await shopOn(stack, wide);
    redis.slow(10);
    expect(of(await bootstraps(shop, '203.0.113.1', 100), 200)).toBe(80);
    redis.slow(400);
    const alone = await bootstraps(shop, '203.0.113.2', 100);
    // A count that came too late for its request still stands in Redis: this copy alone counts what it admits.
    expect(of(alone, 200)).toBe(80);
    // A request that asks whether Redis is back waits 50 ms, and no other does.
    expect(alone.filter(({ sentMs }) => sentMs > 45).length).toBeLessThan(10);
    expect((await wholeCall(shop)).status).toBe(200);
    redis.well();
    await pause(2_000);
    expect(of(await bootstraps(shop, '203.0.113.3', 100), 200)).toBe(80);
    await balance(stack);
  });
  it('to NATS: calls are granted as long as the deadline allows, and refused within a second when nothing is confirmed in time', async () => {
    const shop = await shopOn(stack, wide);
    nats.slow(50);
    const patient = await times(5, () => shop.start());
    expect(statuses(patient)).toEqual({ 200: 5 });
    nats.slow(1_500);
    const refused = await times(5, () => shop.start());
    expect(statuses(refused)).toEqual({ 503: 5 });
    expect(slowest(refused)).toBeLessThan(refusedMs);
    nats.well();
    await comesBack(shop);
    await balance(stack, 60_000);
  });
  it('to MongoDB: calls are granted as long as the deadline allows, refused by it when not, and nothing is half-done', async () => {
    const shop = await shopOn(stack, wide);
    mongo.slow(50);
    expect(statuses(await times(5, () => shop.start()))).toEqual({ 200: 5 });
    mongo.slow(1_500);
    const refused = await times(5, () => shop.start());
    expect(statuses(refused)).toEqual({ 503: 5 });
    expect(slowest(refused)).toBeLessThan(answeredMs);
    mongo.well();
    await comesBack(shop);
    await balance(stack, 60_000);
  });
  it('to the provider: waited for within the deadline, and no longer', async () => {
    const shop = await shopOn(stack, { ...wide, openSessions: 3 });
    provider.slow(300);
    expect(statuses(await times(2, () => shop.start()))).toEqual({ 200: 2 });
    provider.slow(8_000);
    const refused = await shop.start();
    expect([502, 503]).toContain(refused.status);
    expect(refused.sentMs).toBeLessThan(answeredMs);
    provider.well();
    await comesBack(shop);
    await balance(stack, 60_000);
  });
});

describe.skipIf(!isOpen)('a line that goes silent', () => {
  it.each([
    ['redis', 200, refusedMs],
    ['nats', 503, refusedMs],
    ['mongo', 503, answeredMs],
  ] as const)(
    'to %s: answered %i in its time, and well again without a restart of ours',
    async (name, status, withinMs) => {
      const shop = await shopOn(stack, wide);
      lines[name]?.silent();
      const answers = await times(5, () => shop.start());
      lines[name]?.well();
      expect(statuses(answers)).toEqual({ [status]: 5 });
      expect(slowest(answers)).toBeLessThan(withinMs);
      await comesBack(shop);
      await balance(stack, 60_000);
    },
  );
  it.each([
    ['redis', 2_000],
    ['nats', 15_000],
    ['mongo', 10_000],
    ['provider', 10_000],
  ] as const)(
    'to %s, on links that stood, with the server well: new links are made within %i ms',
    async (name, withinMs) => {
      const shop = await shopOn(stack, wide);
      expect((await shop.start()).status).toBe(200);
      lines[name]?.stale();
      const started = performance.now();
      const answers = await times(5, () => shop.start());
      expect(slowest(answers)).toBeLessThan(answeredMs);
      await comesBack(shop, withinMs);
      await commandsComeBack(stack, withinMs);
      // Whoever is gone is asked no more: every command is answered, not every other one.
      const everyOne = () =>
        times(6, () => shopOn(stack, wide)).then(
          () => 'answered',
          () => 'lost',
        );
      await expect.poll(everyOne, { timeout: withinMs, interval: 500 }).toBe('answered');
      expect(performance.now() - started).toBeLessThan(withinMs + answeredMs);
      // Counted in Redis again, not in this copy alone.
      if (name === 'redis') {
        await pause(2_000);
        const quick = await bootstraps(shop, '203.0.113.9', 60);
        expect(quick.filter(({ sentMs }) => sentMs > 45).length).toBe(0);
      }
      await balance(stack, 60_000);
    },
  );
});
