import { randomUUID } from 'node:crypto';
import { SessionDecision, SessionRequested } from '@vox/contracts';
import { settled } from '@vox/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { at, budgetOfMay, type Fixture, identity, openFixture, requestOf } from '../quota.fixture.ts';

let fixture: Fixture;
afterEach(() => fixture.close());

describe('a request for a session', () => {
  it.each([
    [{ agentId: 'nobody' }, { reason: 'unknown-agent' }],
    [{ model: 'gpt-9' }, { reason: 'model-not-allowed' }],
    [{ voice: 'nobody' }, { reason: 'voice-not-allowed' }],
    [{ deadlineAt: '2026-05-05T11:59:59.000Z' }, { reason: 'expired' }],
    [{ identity: { ...identity, widgetKey: 'w_acme_site_ffffffffffffffff' } }, { reason: 'key-revoked' }],
    [{ tenantId: 'nobody' }, { reason: 'unavailable' }],
  ])('with %j is denied, by a reply to whoever waits and by a fact', async (over, denial) => {
    fixture = await openFixture();
    const waiting = fixture.bus.expect(SessionDecision, { timeoutMs: 2_000 });
    await fixture.bus.publish(SessionRequested, requestOf(randomUUID(), over), { replyTo: waiting.replyTo });
    expect(await waiting.answer).toMatchObject({ kind: 'denied', denial });
    await settled(fixture.bus);
    expect(fixture.factsOf('session.denied')).toMatchObject([{ data: { by: 'quota', denial } }]);
  });

  it.each([
    ['brokered', undefined],
    ['direct', 'brokered'],
  ] as const)('is denied where the tenant allows %s calls alone and another is asked for (%s)', async (calls, mode) => {
    fixture = await openFixture({ calls });
    await fixture.request(randomUUID(), { mode });
    expect(fixture.factsOf('session.denied')).toMatchObject([{ data: { denial: { reason: 'mode-not-allowed' } } }]);
    await fixture.request(randomUUID(), { mode: calls });
    expect(fixture.factsOf('session.admitted')).toMatchObject([{ data: { mode: calls } }]);
  });

  it('for a call that is billed by time is held by its seconds, and by no less than a session is charged for', async () => {
    fixture = await openFixture({ models: ['gpt-live-1'], limits: { sessionSeconds: 600 } });
    await fixture.request(randomUUID(), { mode: 'brokered' });
    expect((await fixture.budget())?.month.reserved).toEqual({ tokens: 0, micros: 500_000, seconds: 600 });
    await fixture.close();
    fixture = await openFixture({ models: ['gpt-live-1'], limits: { sessionSeconds: 5 } });
    await fixture.request(randomUUID(), { mode: 'brokered' });
    expect((await fixture.budget())?.month.reserved).toEqual({ tokens: 0, micros: 12_500, seconds: 15 });
    expect(fixture.factsOf('session.admitted')).toMatchObject([{ data: { maxSeconds: 5 } }]);
  });

  it('is denied for a model that the provider shut down; its tenant was told once, and operators once a day', async () => {
    fixture = await openFixture({ models: ['gpt-realtime'] });
    const request = () => {
      const deadlineAt = new Date(fixture.clock.now().getTime() + 5_000).toISOString();
      return fixture.request(randomUUID(), { deadlineAt });
    };
    await request();
    expect(fixture.warned).toEqual([]);
    expect(fixture.factsOf('quota.model-ending')).toEqual([]);
    const dayMs = 86_400_000;
    const endsAt = '2027-01-20T00:00:00.000Z';
    fixture.clock.advanceMs(Date.parse(endsAt) - 60 * dayMs - 1 - Date.parse(at));
    await request();
    expect(fixture.warned).toEqual([]);
    fixture.clock.advanceMs(1);
    await request();
    await request();
    const warning = { tenantId: 'acme', model: 'gpt-realtime', endsAt };
    expect(fixture.warned).toEqual([warning]);
    fixture.clock.advanceMs(dayMs);
    await request();
    expect(fixture.warned).toEqual([warning, warning]);
    const told = fixture.factsOf('quota.model-ending');
    // One id: whoever hears a fact twice knows it.
    expect(new Set(told.map(({ id }) => id)).size).toBe(1);
    expect(told[0]).toMatchObject({ subject: 'acme', data: warning });
    expect(fixture.factsOf('session.admitted')).toHaveLength(5);
    fixture.clock.advanceMs(59 * dayMs);
    await request();
    expect(fixture.factsOf('session.denied')).toMatchObject([{ data: { denial: { reason: 'model-ended' } } }]);
  });

  it('that comes again too late, after a crash, has its hold released at once', async () => {
    let crash: () => undefined = () => undefined;
    fixture = await openFixture({ crash: () => crash() });
    let steps = 0;
    // The hold is written; the decision is not.
    crash = () => {
      steps += 1;
      if (steps >= 4) throw new Error('crash');
      return undefined;
    };
    await fixture.bus.publish(SessionRequested, requestOf(randomUUID()));
    await expect.poll(() => steps).toBeGreaterThan(4);
    fixture.clock.advanceMs(6_000);
    crash = () => undefined;
    await settled(fixture.bus);
    await expect.poll(() => fixture.factsOf('session.denied').length).toBe(1);
    expect((await fixture.budgets.read(budgetOfMay))?.month.reserved.micros).toBe(0);
  });

  it('has its hold released also under the month that ended between its hold and its denial', async () => {
    let crash: () => undefined = () => undefined;
    fixture = await openFixture({ crash: () => crash() });
    fixture.clock.advanceMs(Date.parse('2026-05-31T23:59:58Z') - Date.parse(at));
    let steps = 0;
    crash = () => {
      steps += 1;
      if (steps >= 4) throw new Error('crash');
      return undefined;
    };
    const deadlineAt = '2026-05-31T23:59:59.000Z';
    await fixture.bus.publish(SessionRequested, requestOf(randomUUID(), { deadlineAt }));
    await expect.poll(() => steps).toBeGreaterThan(4);
    fixture.clock.advanceMs(6_000);
    crash = () => undefined;
    await expect.poll(() => fixture.factsOf('session.denied').length).toBe(1);
    const budget = await fixture.budget();
    expect(budget?.seq).toBe(1);
    expect(budget).toMatchObject({ month: { reserved: { micros: 0 } }, pending: {} });
  });
});

describe('the last dollar of a day', () => {
  it('goes to exactly as many calls as it pays for, over two copies at once', async () => {
    fixture = await openFixture({ copies: 2, limits: { microsPerDay: 1_440_000 * 3 } });
    const ids = Array.from({ length: 100 }, () => randomUUID());
    await Promise.all(ids.map((id) => fixture.bus.publish(SessionRequested, requestOf(id))));
    await settled(fixture.bus);
    expect(fixture.factsOf('session.admitted')).toHaveLength(3);
    expect(fixture.factsOf('session.denied')).toHaveLength(97);
  });
});
