import { randomUUID } from 'node:crypto';
import { PolicyDocument } from '@vox/contracts';
import { settled, somePolicy } from '@vox/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { type Fixture, openFixture } from '../quota.fixture.ts';

let fixture: Fixture;
afterEach(() => fixture.close());

const limits = { microsPerDay: 100_000 };
async function spend(audioOut: number): Promise<string> {
  const sessionId = randomUUID();
  await fixture.request(sessionId);
  await fixture.report(sessionId, 'r1', { audioOut });
  await fixture.end(sessionId, 0);
  return sessionId;
}
const shown = async (limit: string) => {
  const { kinds } = await fixture.limits();
  return kinds.find(({ kind }) => kind === 'widget')?.budget.find((each) => each.limit === limit);
};
const admitted = () => fixture.factsOf('session.admitted').length;

describe('what remains of the limits', () => {
  it('is what the policy allows without what is used and held, for each kind, period and measure', async () => {
    fixture = await openFixture({ limits: { ...limits, sessionSeconds: 30 } });
    await spend(800);
    await fixture.request(randomUUID());
    const { day, kinds } = await fixture.limits();
    expect([day, kinds.map(({ kind }) => kind)]).toEqual(['2026-05-05', ['widget', 'console']]);
    const reserved = (await fixture.budget())?.month.reserved.micros ?? 0;
    expect(reserved).toBeGreaterThan(0);
    expect(await shown('microsPerDay')).toEqual({
      ...{ limit: 'microsPerDay', inForce: 100_000, ofPolicy: 100_000, overriddenUntil: null },
      ...{ used: 51_200, credited: 0, reserved, remaining: 48_800 - reserved, resetsAt: '2026-05-06T00:00:00.000Z' },
    });
    expect(await shown('microsPerMonth')).toMatchObject({ used: 51_200, resetsAt: '2026-06-01T00:00:00.000Z' });
    expect(kinds[0]?.calls).toHaveProperty('openSessions');
    expect(kinds[0]?.calls).not.toHaveProperty('tokensPerDay');
    expect(kinds[1]?.budget).toMatchObject([{ limit: 'tokensPerDay', used: 0, reserved: 0 }, {}, {}, {}, {}, {}]);
  });

  it('follows an override until its moment, and the policy from then on, in the middle of a day', async () => {
    fixture = await openFixture({ limits });
    await spend(1_500);
    await fixture.request(randomUUID());
    expect(admitted()).toBe(1);
    const until = '2026-05-05T13:00:00.000Z';
    const override = { kind: 'widget' as const, limit: 'microsPerDay' as const, value: 900_000, until };
    await fixture.bus.documents(PolicyDocument).put('acme', somePolicy({ overrides: [override] }, limits));
    await settled(fixture.bus);
    expect(await shown('microsPerDay')).toMatchObject({ inForce: 900_000, ofPolicy: 100_000, overriddenUntil: until });
    await spend(100);
    expect(admitted()).toBe(2);
    fixture.clock.advanceMs(3_600_000);
    expect(await shown('microsPerDay')).toMatchObject({ inForce: 100_000, overriddenUntil: null, remaining: 0 });
    await fixture.request(randomUUID(), { deadlineAt: '2026-05-05T14:00:00.000Z' });
    expect(admitted()).toBe(2);
  });
});

describe('a reset', () => {
  it('lets a spent tenant call again, keeps its usage, and is told once however often it is asked for', async () => {
    fixture = await openFixture({ limits });
    await spend(1_500);
    await fixture.request(randomUUID());
    expect(admitted()).toBe(1);
    const used = (await fixture.usage()).totals;
    const credited = { tokens: used.tokens, micros: used.micros, seconds: used.seconds };
    for (let n = 0; n < 3; n += 1) expect(await fixture.reset('r1')).toEqual({ day: '2026-05-05', credited });
    expect(await shown('microsPerDay')).toMatchObject({ used: 0, credited: used.micros, remaining: 100_000 });
    expect((await fixture.usage()).totals).toEqual(used);
    await fixture.request(randomUUID());
    expect(admitted()).toBe(2);
    const data = { tenantId: 'acme', identityKind: 'widget', day: '2026-05-05', credited, actor: 'operator:test' };
    expect(fixture.factsOf('quota.usage-reset').map((fact) => fact.data)).toMatchObject([data]);
  });

  it('is told by the sweep where a crash came before its fact', async () => {
    const failing = { on: false };
    fixture = await openFixture({
      limits,
      crash(point) {
        if (failing.on && point === 'bus') throw new Error('crash');
      },
    });
    await spend(1_500);
    failing.on = true;
    await expect(fixture.reset('r1')).rejects.toThrow();
    failing.on = false;
    expect(fixture.factsOf('quota.usage-reset')).toEqual([]);
    fixture.clock.advanceMs(20_000);
    await fixture.sweep();
    await fixture.sweep();
    expect(fixture.factsOf('quota.usage-reset')).toHaveLength(1);
    expect(await shown('microsPerDay')).toMatchObject({ used: 0 });
  });

  it('counts in full what a call uses that was held before it, and passes thresholds anew', async () => {
    fixture = await openFixture({ limits });
    const percents = () => fixture.factsOf('quota.threshold').map(({ data }) => Object(data).percent);
    await spend(800);
    const held = randomUUID();
    await fixture.request(held);
    await fixture.report(held, 'r1', { audioOut: 500 });
    expect(percents()).toEqual([50]);
    await fixture.reset('r1');
    await fixture.end(held, 0);
    expect(await shown('microsPerDay')).toMatchObject({ used: 32_000, credited: 51_200, reserved: 0 });
    await spend(300);
    expect(percents()).toEqual([50, 50]);
  });

  it('of an unknown tenant is not found', async () => {
    fixture = await openFixture();
    await fixture.bus.documents(PolicyDocument).remove('acme');
    await settled(fixture.bus);
    await expect(fixture.reset('r1')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(fixture.limits()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
