import { randomUUID } from 'node:crypto';
import { usageKeptDays } from '@vox/contracts';
import { countersIn } from '@vox/platform/store';
import { somePolicy, someWidgetKey } from '@vox/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { defaultBounds } from '../decide/believable.ts';
import { newBudget } from '../decide/budget.ts';
import { type Fixture, openFixture } from '../quota.fixture.ts';
import { settleSession } from './settle-session.ts';

let fixture: Fixture;
afterEach(() => fixture.close());

async function wholeCall(audioOut: number): Promise<string> {
  const sessionId = randomUUID();
  await fixture.request(sessionId);
  fixture.clock.advanceMs(60_000);
  await fixture.report(sessionId, 'r1', { audioOut });
  await fixture.end(sessionId, 60);
  return sessionId;
}

describe('the usage of a tenant', () => {
  it('names the agent, key, model and day of each settled call, and counts reports that come late', async () => {
    fixture = await openFixture();
    const id = await wholeCall(1_000);
    const row = { kind: 'widget', isOthers: false, sessions: 1, seconds: 60, tokens: 1_000, micros: 64_000 };
    const { kind: _kind, isOthers: _others, ...totals } = row;
    expect(await fixture.usage()).toEqual({ rows: [{ ...row, day: '2026-05-05' }], totals, next: null });
    expect((await fixture.usage({ by: 'agent' })).rows).toEqual([{ ...row, agentId: 'guide' }]);
    expect((await fixture.usage({ by: 'key' })).rows).toEqual([{ ...row, widgetKey: someWidgetKey }]);
    expect((await fixture.usage({ by: 'model' })).rows).toEqual([{ ...row, model: 'gpt-realtime-2.1' }]);
    expect((await fixture.usage({ agentId: 'nobody' })).totals).toMatchObject({ sessions: 0, tokens: 0 });
    expect((await fixture.usage({ kind: 'console' })).rows).toEqual([]);
    await fixture.report(id, 'late', { audioOut: 500 });
    expect((await fixture.usage()).totals).toMatchObject({ sessions: 1, tokens: 1_500 });
  });

  it('is of its own tenant: an unknown tenant is not found, and too long a range is refused', async () => {
    fixture = await openFixture();
    await expect(fixture.usage({ tenantId: 'other' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const range of [{ from: '2026-05-06' }, { from: '2026-01-01' }])
      await expect(fixture.usage(range)).rejects.toMatchObject({ code: 'INVALID_REQUEST' });
    expect((await fixture.usage({ from: '2026-02-03' })).rows).toEqual([]);
  });

  it('is counted by the sweep where a crash came between what was settled and its count', async () => {
    fixture = await openFixture();
    const { bus, budgets, clock, requests } = fixture;
    const id = randomUUID();
    await fixture.request(id);
    const crashed = async (): Promise<never> => {
      throw new Error('crash');
    };
    const dependencies = {
      ...{ bus, clock, requests, bounds: defaultBounds, policies: { get: () => somePolicy() } },
      budgets: countersIn(budgets, newBudget),
      usageCounters: { update: crashed, confirm: () => undefined },
    };
    await expect(settleSession(dependencies, { sessionId: id, connectedSeconds: 60 })).rejects.toThrow('crash');
    expect((await fixture.budget())?.month.settled.tokens).toBe(600);
    expect((await fixture.usage()).totals.sessions).toBe(0);
    await fixture.sweep();
    expect((await fixture.usage()).totals).toMatchObject({ sessions: 1, tokens: 600 });
    await fixture.sweep();
    expect((await fixture.usage()).totals).toMatchObject({ sessions: 1, tokens: 600 });
  });

  it(`is removed after ${usageKeptDays} days, and not while it may be asked for`, async () => {
    fixture = await openFixture();
    await wholeCall(1_000);
    fixture.clock.advanceMs(60_000);
    await fixture.sweep();
    fixture.clock.advanceMs((usageKeptDays - 1) * 86_400_000);
    await fixture.sweep();
    expect((await fixture.usage()).totals.sessions).toBe(1);
    fixture.clock.advanceMs(3 * 86_400_000);
    await fixture.sweep();
    expect(await fixture.usageDays.all(9)).toEqual([]);
  });
});
