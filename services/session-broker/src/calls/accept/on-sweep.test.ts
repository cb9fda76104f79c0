import { randomUUID } from 'node:crypto';
import { makeFact, UsageReported } from '@vox/contracts';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { type Fixture, openFixture, startedAt } from '../../broker.fixture.ts';

const ignored = () => undefined;
const report = ({ bus, head }: Fixture, sessionId: string, usage: object) =>
  bus.publish(
    UsageReported,
    makeFact(UsageReported, head(), {
      ...{ tenantId: 'acme', sessionId, responseId: 'r1' },
      usage: { textIn: 0, textOut: 0, audioIn: 0, audioOut: 0, cachedIn: 0, ...usage },
    }),
  );

describe('the sweep', () => {
  it('ends a call that never connected, was idle or reached its time, each for its reason and once', async () => {
    const { grant, beat, clock, sweepAll, bus, slots, reasons, factsOf, hungUp } = await openFixture();
    const [never, idle, long] = [randomUUID(), randomUUID(), randomUUID()];
    await grant(never, 1);
    await grant(idle, 2);
    await grant(long, 3);
    await beat(idle);
    await beat(long, true, 'rtc_1');
    for (let seconds = 0; seconds < 960; seconds += 30) {
      clock.advanceMs(30_000);
      await beat(long).catch(ignored);
      await beat(idle, false).catch(ignored);
      await sweepAll();
    }
    await settled(bus);
    expect(reasons()).toEqual(['never_connected', 'idle', 'max_duration']);
    expect(factsOf('session.expiring')).toMatchObject([{ data: { sessionId: long } }]);
    expect(hungUp).toEqual(['rtc_1']);
    expect(await beat(long)).toEqual({ kind: 'ended', reason: 'max_duration', maxSeconds: 900 });
    expect((await slots.read('acme'))?.open).toEqual({});
  });
  it('leaves a call without a heartbeat its slot for as long as its secret can begin it', async () => {
    const clientSecret = async () => ({ value: 'ek_long', expiresAtMs: Date.parse(startedAt) + 90_000 });
    const { grant, clock, sweepAll, slots, reasons } = await openFixture({
      provider: { clientSecret },
      limits: { openSessions: 1 },
    });
    await grant();
    for (const [waitMs, open] of [
      [89_000, 1],
      [1_000, 0],
    ] as const) {
      clock.advanceMs(waitMs);
      await sweepAll();
      expect((await slots.read('acme'))?.open.widget ?? 0).toBe(open);
    }
    expect(reasons()).toEqual(['never_connected']);
  });
  it('ends a call that only heartbeats speak for, whatever id they give it, and not one that used something', async () => {
    const fixture = await openFixture({ proveSeconds: 120, limits: { idleSeconds: 60 } });
    const { grant, beat, bus, clock, sweepAll, reasons } = fixture;
    const [squatted, real, silent] = [randomUUID(), randomUUID(), randomUUID()];
    for (const [n, id] of [squatted, real, silent].entries()) await grant(id, n);
    for (let seconds = 0; seconds < 180; seconds += 15) {
      await beat(squatted, true, 'rtc_invented').catch(ignored);
      await beat(real);
      await beat(silent).catch(ignored);
      if (seconds === 30) await report(fixture, real, { audioIn: 10 });
      // Cached tokens are a part of the others: alone they are no usage.
      if (seconds === 30) await report(fixture, silent, { cachedIn: 10 });
      await settled(bus);
      clock.advanceMs(15_000);
      await sweepAll();
    }
    await settled(bus);
    expect(reasons()).toEqual(['never_connected', 'never_connected']);
    expect(await beat(real)).toMatchObject({ kind: 'live' });
    expect(await beat(squatted)).toMatchObject({ kind: 'ended', reason: 'never_connected' });
  });
  it('leaves a visitor who used nothing yet the longest silence of the tenant, where that is more', async () => {
    const { grant, beat, bus, clock, sweepAll, reasons } = await openFixture({
      proveSeconds: 120,
      limits: { idleSeconds: 300 },
    });
    const id = randomUUID();
    await grant(id);
    for (let seconds = 0; seconds < 290; seconds += 10) {
      await beat(id);
      clock.advanceMs(10_000);
      await sweepAll();
    }
    await settled(bus);
    expect(reasons()).toEqual([]);
    clock.advanceMs(10_000);
    await sweepAll();
    await settled(bus);
    expect(reasons()).toEqual(['never_connected']);
  });
});
