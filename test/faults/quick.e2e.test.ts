import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { MongoClient } from 'mongodb';
import { afterAll, describe, expect, it } from 'vitest';
import { balancer } from './balancer.ts';
import {
  type Answer,
  arm,
  balance,
  crashing,
  preload,
  refused,
  serviceNamed,
  shopOn,
  slowest,
  statuses,
  testStack,
  times,
  traffic,
  wholeCall,
  wide,
} from './harness.ts';
import { type Line, lineTo } from './line.ts';

// One fault of each kind, for every test run. `make test-faults` runs all of them.
let redis: Line | undefined;
const { isOpen, stack } = await testStack({
  copies: { 'edge-guard': 2 },
  async reach(addresses) {
    redis = await lineTo(addresses.redis);
    return { ...addresses, redis: redis.url };
  },
});
const front = await balancer(
  (isOpen ? stack.urls : []).map((url, n) => ({
    url,
    readyUrl: () => `${serviceNamed(stack, `edge-guard-${n + 1}`).privateUrl}/readyz`,
  })),
);
afterAll(async () => {
  front.close();
  await redis?.close();
});

describe.skipIf(!isOpen)('under one fault of each kind,', () => {
  it('a quota that is killed before it publishes answers every visitor once, and the ledgers reconcile', async () => {
    const shop = await shopOn(stack, wide);
    const armed = arm(await stack.restart('quota-1', crashing), 'write:requests');
    const calls: Answer[] = [];
    for (let round = 0; round < 10 && !armed.exited(); round += 1)
      calls.push(...(await times(5, () => wholeCall(shop))));
    expect(armed.exited()).toBe(true);
    await stack.restart('quota-1');
    const ids = calls.flatMap(({ body }) => body.id ?? []);
    expect(new Set(ids).size).toBe(calls.length);
    await balance(stack);
  }, 60_000);

  it.each([3_600_000, -3_600_000])(
    'a broker whose clock is wrong by %i ms ends no call, and grants none past a cap',
    async (step) => {
      const shop = await shopOn(stack, { ...wide, openSessions: 2, sessionSeconds: 120 });
      const settings = { NODE_OPTIONS: preload('./step-clock.ts'), CLOCK_STEP_MS: String(step) };
      const stepped = await stack.restart('session-broker-1', settings);
      const live = await times(2, () => shop.start());
      await times(2, (n) => shop.say('/api/heartbeat', live[n] as Answer));
      stepped.kill('SIGUSR2');
      await pause(2_000);
      expect(statuses(await times(2, (n) => shop.say('/api/heartbeat', live[n] as Answer)))).toEqual({ 200: 2 });
      expect(statuses(await times(6, () => shop.start()))).toEqual({ 429: 6 });
      await stack.restart('session-broker-1');
    },
    60_000,
  );

  it('a door whose line to Redis is dead counts alone, and in Redis again within seconds', async () => {
    const shop = await shopOn(stack, wide);
    redis?.stale();
    const [, other = ''] = stack.urls;
    const both = await times(10, (n) => (n % 2 === 0 ? shop : shop.at(other)).bootstrap());
    expect(slowest(both)).toBeLessThan(1_000);
    await pause(3_000);
    // Both doors count one address together again.
    const from = '203.0.113.7';
    const answers: Answer[] = [];
    for (let n = 0; n < 50; n += 1) answers.push(await shop.bootstrap(from), await shop.at(other).bootstrap(from));
    expect(statuses(answers)).toEqual({ 200: 80, 429: 20 });
  }, 60_000);

  it('a door that is stopped under load fails no request', async () => {
    const stop = traffic(await shopOn({ ...stack, url: front.url }, wide), 2);
    await pause(500);
    expect(await serviceNamed(stack, 'edge-guard-1').stop()).toBe(0);
    await stack.restart('edge-guard-1');
    expect(refused(await stop())).toEqual([]);
  }, 60_000);

  it('a ledger that somebody changed makes the reconciliation fail, until it is restored', async () => {
    const shop = await shopOn(stack, wide);
    await wholeCall(shop);
    await balance(stack);
    const client = await new MongoClient(stack.servers.mongo.url).connect();
    const budgets = client.db('vox_quota').collection<{ _id: string }>('budgets');
    const own = { _id: new RegExp(`^${shop.tenantId}:`) } as object;
    const verify = promisify(execFile);
    const auditor = fileURLToPath(new URL('../../ops/src/reconciliation/main.ts', import.meta.url));
    const env = { ...process.env, ...stack.reconcileEnv };
    const run = () =>
      verify(process.execPath, [auditor], { env }).then(
        ({ stdout }) => ({ failed: false, stdout }),
        ({ stdout }: { stdout: string }) => ({ failed: true, stdout }),
      );
    await budgets.updateOne(own, { $inc: { 'state.month.settled.micros': 1 } });
    const broken = await run();
    expect(broken.failed).toBe(true);
    expect(broken.stdout).toMatch(new RegExp(`^I1: ${shop.tenantId}:widget:.* settled `, 'm'));
    await budgets.updateOne(own, { $inc: { 'state.month.settled.micros': -1 } });
    expect(await run()).toMatchObject({ failed: false, stdout: expect.stringContaining('0 findings') });
    await client.close();
  }, 60_000);
});
