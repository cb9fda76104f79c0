import { randomUUID } from 'node:crypto';
import {
  EndSessions,
  Heartbeat,
  KeyRevoked,
  makeFact,
  QuotaExceeded,
  ReportDoubted,
  TenantSuspended,
} from '@vox/contracts';
import { settled, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { openFixture, startedAt } from '../../broker.fixture.ts';

const nothing = { tokens: 0, micros: 0, seconds: 0 };
const spent = {
  identityKind: 'widget' as const,
  day: '2026-05-05',
  period: 'day' as const,
  measure: 'dollars' as const,
  resetsAt: startedAt,
};

describe('a fact that ends calls', () => {
  it('ends them for a spent budget, a dead key and an order, and says nothing of another tenant’s', async () => {
    const { grant, bus, head, reasons } = await openFixture();
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()];
    await grant(one, 1);
    await bus.publish(QuotaExceeded, makeFact(QuotaExceeded, head(), { tenantId: 'acme', sessionId: one, ...spent }));
    await settled(bus);
    await grant(two, 2);
    const key = { tenantId: 'acme', widgetKey: someWidgetKey, actor: 'test' };
    await bus.publish(KeyRevoked, makeFact(KeyRevoked, head(), key));
    await settled(bus);
    await grant(three, 3);
    const asked = { tenantId: 'other', sessionId: three, active: true };
    expect(await bus.ask(Heartbeat, asked)).toEqual({ kind: 'unknown' });
    expect(await bus.ask(EndSessions, { tenantId: 'acme', actor: 'test' })).toEqual({ ended: 1, done: true });
    await settled(bus);
    expect(reasons()).toEqual(['quota', 'key_revoked', 'admin']);
  });
  it('is ordered for a key of the tenant’s own alone', async () => {
    const { grant, bus, reasons } = await openFixture();
    await grant();
    const order = (widgetKey: string) => bus.ask(EndSessions, { tenantId: 'acme', widgetKey, actor: 'test' });
    await expect(order('w_rival_site_0123456789abcdef')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(reasons()).toEqual([]);
    expect(await order(someWidgetKey)).toEqual({ ended: 1, done: true });
  });
  it('ends no call when it is a suspension of long ago that was lifted since', async () => {
    const { grant, bus, head, clock, reasons } = await openFixture();
    await grant();
    const suspendedAgo = async (ms: number) => {
      const at = { ...head(), at: new Date(clock.now().getTime() - ms) };
      await bus.publish(TenantSuspended, makeFact(TenantSuspended, at, { tenantId: 'acme', actor: 'test' }));
      await settled(bus);
    };
    await suspendedAgo(86_400_000);
    expect(reasons()).toEqual([]);
    await suspendedAgo(1_000);
    expect(reasons()).toEqual(['admin']);
  });
  it.each(['a spent budget', 'a report that cannot be true'] as const)(
    'hangs a brokered call that this copy watches up for %s while the store is silent',
    async (why) => {
      let isSlow = false;
      const crash = (point: string): void => {
        if (isSlow && (point === 'read' || point === 'write')) throw new Error('the store is silent');
      };
      const { grant, bus, head, hungUp, reasons } = await openFixture({ crash });
      const sessionId = randomUUID();
      await grant(sessionId, 1, { mode: 'brokered' });
      const of = { tenantId: 'acme', sessionId };
      const said = {
        'a spent budget': () => bus.publish(QuotaExceeded, makeFact(QuotaExceeded, head(), { ...of, ...spent })),
        'a report that cannot be true': () => {
          const doubt = { ...of, why: 'impossible' as const, believed: nothing, claimed: nothing };
          return bus.publish(ReportDoubted, makeFact(ReportDoubted, head(), doubt));
        },
      };
      isSlow = true;
      await said[why]();
      await expect.poll(() => hungUp.length).toBeGreaterThan(0);
      expect(reasons()).toEqual([]);
      isSlow = false;
      await settled(bus);
      expect(reasons()).toHaveLength(1);
    },
  );
  it('ends the call of a report that cannot be true, and no other', async () => {
    const { grant, beat, bus, head, reasons } = await openFixture();
    const [liar, other] = [randomUUID(), randomUUID()];
    await grant(liar, 1);
    await grant(other, 2);
    await beat(liar);
    await beat(other);
    const doubted = (sessionId: string, tenantId: string, why: 'impossible' | 'too-much') => {
      const data = { tenantId, sessionId, why, believed: nothing, claimed: nothing };
      return bus.publish(ReportDoubted, makeFact(ReportDoubted, head(), data));
    };
    await doubted(other, 'elsewhere', 'impossible');
    await doubted(other, 'acme', 'too-much');
    await doubted(liar, 'acme', 'impossible');
    await settled(bus);
    expect(reasons()).toEqual(['policy']);
    expect(await beat(other)).toMatchObject({ kind: 'live' });
  });
});
