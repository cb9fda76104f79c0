import { randomUUID } from 'node:crypto';
import {
  AskSessionUsage,
  makeFact,
  PolicyDocument,
  SessionEnded,
  SessionRequested,
  UsageMetered,
  UsageReported,
} from '@vox/contracts';
import { memoryBus } from '@vox/platform/bus';
import { silentLog } from '@vox/platform/telemetry';
import { stoppedClock } from '@vox/platform/time';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { listPrices } from '../decide/prices.ts';
import { memoryBudgets, memoryRequests } from '../keep/memory.ts';
import { startQuota } from '../service.ts';

const at = '2026-05-05T12:00:00.000Z';
const identity = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: 'v_AAAAAAAAAAAAAAAAAAAAAA' };
const head = (id: string) => ({ id, source: 'test', at: new Date(at) });

/** A call that was admitted, and of which quota then heard nothing until it was over. */
async function overCall(seconds: number, limits: object) {
  const clock = stoppedClock(at);
  const bus = memoryBus({ clock, retryMs: 1 });
  await bus.documents(PolicyDocument).put('acme', somePolicy({}, { sessionSeconds: 300, ...limits }));
  const [budgets, requests] = [memoryBudgets(), memoryRequests()];
  const needs = { bus, budgets, requests, prices: listPrices, clock, log: silentLog, sweepMs: 3_600_000 };
  const quota = await startQuota(needs);
  const sessionId = randomUUID();
  const about = { tenantId: 'acme', sessionId };
  const deadlineAt = new Date(Date.parse(at) + 5_000).toISOString();
  await bus.publish(
    SessionRequested,
    makeFact(SessionRequested, head('requested'), { ...about, identity, deadlineAt }),
  );
  await settled(bus);
  clock.advanceMs(seconds * 1_000);
  const report = async (id: string, audioOut: number) => {
    const usage = { textIn: 0, textOut: 0, audioIn: 0, audioOut, cachedIn: 0 };
    const data = { ...about, responseId: id, usage };
    await bus.publish(UsageReported, makeFact(UsageReported, head(`usage:${id}`), data));
    await settled(bus);
  };
  const metered = async (connectedSeconds: number) => {
    const data = { ...about, identity, connectedSeconds };
    await bus.publish(UsageMetered, makeFact(UsageMetered, head(`metered:${connectedSeconds}`), data));
    await settled(bus);
  };
  const ended = async () => {
    const data = { ...about, identity, reason: 'client' as const, grantedAt: at, endedAt: at };
    await bus.publish(SessionEnded, makeFact(SessionEnded, head('ended'), { ...data, connectedSeconds: seconds }));
    await settled(bus);
  };
  const leaseIsOver = async () => {
    clock.advanceMs(3_600_000);
    await quota.sweep();
    await settled(bus);
  };
  const close = async () => {
    await quota.stop();
    await bus.close();
  };
  const factsOf = (name: string) => bus.published().filter(({ type }) => type.startsWith(`vox.${name}.v`));
  const usage = async () => {
    const known = await bus.ask(AskSessionUsage, about);
    if (known.kind !== 'known') throw new RangeError('unknown');
    return known;
  };
  return { report, metered, ended, leaseIsOver, close, factsOf, usage };
}

describe('usage that quota hears of late', () => {
  it('is booked where an honest call can have had it, in any order of reports, metered, ended and the end of the lease', async () => {
    const call = fc.integer({ min: 20, max: 280 }).chain((seconds) =>
      fc.record({
        seconds: fc.constant(seconds),
        // An answer each ten seconds, made faster than it is heard.
        answers: fc.array(fc.integer({ min: 300, max: 1_000 }), {
          minLength: Math.floor(seconds / 20),
          maxLength: Math.floor(seconds / 10),
        }),
        order: fc.array(fc.nat(1_000), { minLength: 40, maxLength: 40 }),
      }),
    );
    await fc.assert(
      fc.asyncProperty(call, async ({ seconds, answers, order }) => {
        const home = await overCall(seconds, { tokensPerDay: 10_000_000 });
        const steps = [
          ...answers.map((audioOut, n) => () => home.report(`r${n}`, audioOut)),
          () => home.metered(Math.floor(seconds / 2)),
          home.ended,
          home.leaseIsOver,
        ];
        const ordered = steps.map((step, n) => ({ step, rank: order[n] ?? 0 })).sort((a, b) => a.rank - b.rank);
        for (const { step } of ordered) await step();
        await home.leaseIsOver();
        const said = answers.reduce((sum, each) => sum + each, 0);
        const { used, day } = await home.usage();
        expect([used.tokens, day.used.tokens]).toEqual([said, said].map((each) => Math.max(each, seconds * 10)));
        expect(home.factsOf('security.report-doubted')).toEqual([]);
        await home.close();
      }),
      { numRuns: 40 },
    );
  });

  it('of a call that its lease settled is booked when it is reported after, and its end may come last', async () => {
    const home = await overCall(200, {});
    await home.leaseIsOver();
    await home.report('r1', 5_000);
    await home.ended();
    expect(await home.usage()).toMatchObject({ used: { tokens: 5_000 }, day: { used: { tokens: 5_000 } } });
    expect(home.factsOf('security.report-doubted')).toEqual([]);
    await home.close();
  });

  it('is believed again, as far as it can be, when its call is found to have lasted longer', async () => {
    const home = await overCall(10, {});
    await home.ended();
    await home.report('r1', 40_000);
    const { used } = await home.usage();
    expect(used.tokens).toBeLessThan(40_000);
    await home.metered(200);
    expect(await home.usage()).toMatchObject({ used: { tokens: 40_000 }, day: { used: { tokens: 40_000 } } });
    await home.close();
  });
});
