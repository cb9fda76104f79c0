import { randomUUID } from 'node:crypto';
import { KeyRevoked, KillSwitchEngaged, makeFact, PolicyDocument } from '@vox/contracts';
import { settled, somePolicy, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { type Fixture, openFixture, startedAt } from '../../broker.fixture.ts';

const revoke = ({ bus, head }: Fixture, over: object = {}) =>
  bus.publish(
    KeyRevoked,
    makeFact(KeyRevoked, head(), { tenantId: 'acme', widgetKey: someWidgetKey, actor: 'test', ...over }),
  );

describe('a key that is revoked while its call is being granted', () => {
  it('denies that call, whatever the provider has given meanwhile, and releases its slot', async () => {
    const asked = Promise.withResolvers<void>();
    const answered = Promise.withResolvers<void>();
    const clientSecret = async () => {
      asked.resolve();
      await answered.promise;
      return { value: 'ek_late', expiresAtMs: Date.parse(startedAt) + 60_000 };
    };
    const fixture = await openFixture({ copies: 2, provider: { clientSecret } });
    const { grant, slots, bus, factsOf } = fixture;
    const granting = grant();
    await asked.promise;
    await revoke(fixture);
    await expect.poll(async () => (await slots.read('acme'))?.open).toEqual({});
    answered.resolve();
    expect(await granting).toMatchObject({ kind: 'denied', denial: { reason: 'key-revoked' } });
    await settled(bus);
    expect(factsOf('session.granted')).toEqual([]);
    expect(factsOf('session.denied')).toHaveLength(1);
    expect((await slots.read('acme'))?.open).toEqual({});
  });
  it('lets a copy that does not know of it grant nothing, and decide once it knows', async () => {
    const fixture = await openFixture({ copies: 2 });
    const { grant, bus, factsOf } = fixture;
    await revoke(fixture, { policyVersion: 2 });
    await settled(bus);
    const granting = grant();
    await expect.poll(() => bus.busy()).toBe(true);
    const policy = somePolicy({ version: 2 });
    const keys = policy.keys.map((key) => ({ ...key, revokedAt: startedAt }));
    await bus.documents(PolicyDocument).put('acme', { ...policy, keys });
    expect(await granting).toMatchObject({ kind: 'denied', denial: { reason: 'key-revoked' } });
    expect(factsOf('session.granted')).toEqual([]);
  });
});

describe('a kill switch', () => {
  it('ends calls side by side, and only those of its key where it names one', async () => {
    let hanging = 0;
    const hangUp = async () => {
      hanging += 1;
      await expect.poll(() => hanging).toBe(3);
      return 'hung-up' as const;
    };
    const fixture = await openFixture({ provider: { hangUp }, limits: { openSessions: 100 } });
    const { grant, beat, bus, head, reasons } = fixture;
    const engage = (widgetKey?: string) =>
      bus.publish(
        KillSwitchEngaged,
        makeFact(KillSwitchEngaged, head(), { tenantId: 'acme', widgetKey, actor: 'test' }),
      );
    for (let n = 0; n < 3; n += 1) {
      const id = randomUUID();
      await grant(id, n);
      await beat(id, true, `rtc_${n}`);
    }
    await engage('w_acme_other_0123456789abcdef');
    await settled(bus);
    expect(reasons()).toEqual([]);
    await engage();
    await settled(bus);
    expect(reasons()).toEqual(['admin', 'admin', 'admin']);
  });
});
