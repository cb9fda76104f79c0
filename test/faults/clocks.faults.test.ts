import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { RotateSigningKey } from '@vox/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Watch, watchFacts } from '../stack/watch.ts';
import { balance, preload, serviceNamed, shopOn, slowest, statuses, testStack, times, wide } from './harness.ts';

const hourMs = 3_600_000;
const { isOpen, stack } = await testStack();
let watch: Watch;
beforeAll(async () => {
  if (isOpen) watch = await watchFacts(stack);
});
afterAll(() => watch?.close());

const endsOf = (tenantId: string) => watch.of('vox.session.ended.v1', tenantId).map((data) => data.reason);
/** Longer than the pause between two sweeps, and between two looks at the clock of the bus. */
const aWhileMs = 7_000;
const copies = ['quota-1', 'session-broker-1', 'edge-guard', 'auth'];
const steps = copies.flatMap((copy) => [hourMs, -hourMs].map((stepMs) => [copy, stepMs] as const));

describe.skipIf(!isOpen)('a clock that is set wrong on one copy', () => {
  it.each(steps)(
    '%s by %i ms: no call ends for it, none is granted past a cap, and each lasts as long as was said',
    async (copy, stepMs) => {
      const cap = 4;
      const shop = await shopOn(stack, { ...wide, openSessions: cap, sessionSeconds: 120 });
      const stepped = await stack.restart(copy, {
        NODE_OPTIONS: preload('./step-clock.ts'),
        CLOCK_STEP_MS: String(stepMs),
      });
      const live = await times(cap, () => shop.start());
      expect(statuses(live)).toEqual({ 200: cap });
      await times(cap, (n) => shop.say('/api/heartbeat', live[n] as never));
      stepped.kill('SIGUSR2');
      await pause(aWhileMs);

      // Calls live on, and hold their places.
      expect(endsOf(shop.tenantId)).toEqual([]);
      expect(statuses(await times(cap, (n) => shop.say('/api/heartbeat', live[n] as never)))).toEqual({ 200: cap });
      const more = await times(10, () => shop.start());
      expect(more.every(({ body }) => body.code === ('MAX_CONCURRENT_SESSIONS' as never))).toBe(true);

      // New ones are granted for the time that was agreed, by whichever copy.
      const { say, at, ...roomy } = await shopOn(stack, { ...wide, sessionSeconds: 120 });
      const fresh = await times(10, () => roomy.start());
      expect(statuses(fresh)).toEqual({ 200: 10 });
      expect(slowest(fresh)).toBeLessThan(6_000);
      for (const { body } of fresh) {
        const { endsAt } = body.limits as unknown as { endsAt: string };
        expect(Math.abs(Date.parse(endsAt) - Date.now() - 120_000)).toBeLessThan(10_000);
      }
      expect(statuses(await times(10, (n) => say('/api/heartbeat', fresh[n] as never)))).toEqual({ 200: 10 });
      await pause(2_000);
      expect(endsOf(roomy.tenantId)).toEqual([]);

      // It says that it is off, so that somebody sets it right.
      expect(readFileSync(serviceNamed(stack, copy).logFile, 'utf8')).toContain('the clock of this machine is off');
      await times(cap, (n) => shop.say('/api/session/end', live[n] as never));
      await expect.poll(() => endsOf(shop.tenantId), { timeout: 10_000 }).toEqual(Array(cap).fill('client'));
      expect((await shop.start()).status).toBe(200);
      await balance(stack);
      await stack.restart(copy);
    },
  );
  it.each([hourMs, -hourMs])(
    'every copy of a machine that starts %i ms wrong: it goes by the clock of the bus from the start',
    async (stepMs) => {
      const wrong = {
        NODE_OPTIONS: preload('./step-clock.ts'),
        CLOCK_STEP_MS: String(stepMs),
        CLOCK_STEP_AT_START: 'true',
      };
      const shop = await shopOn(stack, { ...wide, openSessions: 2 });
      const before = await shop.start();
      await shop.say('/api/heartbeat', before);
      for (const copy of ['auth', 'session-broker-2', 'edge-guard']) await stack.restart(copy, wrong);
      await stack.operator.ask(RotateSigningKey, { use: 'session', actor: 'test' });
      await pause(aWhileMs);
      expect((await shop.say('/api/heartbeat', before)).status).toBe(200);
      expect(statuses(await times(5, () => shop.start()))).toEqual({ 200: 1, 429: 4 });
      expect(endsOf(shop.tenantId)).toEqual([]);
      for (const copy of ['auth', 'session-broker-2', 'edge-guard']) await stack.restart(copy);
      await balance(stack);
    },
  );
});
