import { setTimeout as pause } from 'node:timers/promises';
import { CreateWidgetKey, PolicyDocument, SetTenantStatus, ShowTenant } from '@vox/contracts';
import type { MemoryBus } from '@vox/platform/bus';
import { settled } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { authOnTwins, origin } from '../../auth.fixture.ts';

const suspension = { tenantId: 'acme', status: 'suspended' } as const;

describe('a change that a crash left in the outbox', () => {
  it('is published once', async () => {
    const fixture = await authOnTwins();
    await fixture.putTenant();
    fixture.crash(true);
    const suspended = fixture.bus.ask(SetTenantStatus, { ...suspension, actor: 'test' });
    await expect(suspended).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect((await fixture.policy())?.status).toBe('active');
    fixture.crash(false);
    await expect.poll(async () => (await fixture.policy())?.status).toBe('suspended');
    await settled(fixture.bus);
    expect(fixture.publishedTypes().filter((type) => type === 'tenant-suspended.v1')).toHaveLength(1);
    await fixture.close();
  });
  it('is published with who asked for it, why and under which request', async () => {
    const fixture = await authOnTwins();
    await fixture.putTenant();
    const by = { actor: 'operator:ada', reason: 'fraud', requestId: 'request-1' };
    fixture.crash(true);
    const suspended = fixture.bus.ask(SetTenantStatus, { ...suspension, ...by });
    await expect(suspended).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    fixture.crash(false);
    const published = () => fixture.bus.published().filter(({ type }) => type.includes('tenant-suspended'));
    await expect.poll(published).toMatchObject([{ data: { tenantId: 'acme', ...by } }]);
    await fixture.close();
  });
});

/** A bus on which documents take a while, each a different one. */
function unevenBus(bus: MemoryBus): MemoryBus {
  let turns = 0;
  const delay = () => pause((turns += 7) % 5);
  return {
    ...bus,
    documents(kind) {
      const documents = bus.documents(kind);
      return {
        ...documents,
        async put(key, value) {
          await delay();
          await documents.put(key, value);
        },
        renew: (key, newest) =>
          documents.renew(key, async () => {
            const value = await newest();
            await delay();
            return value;
          }),
      };
    },
  };
}

it('the newest policy is in force, however commands and sweeps of several copies meet', async () => {
  const fixture = await authOnTwins({ copies: 2, busOf: unevenBus });
  await fixture.putTenant();
  const key = { tenantId: 'acme', label: 'site', origins: [origin], actor: 'test' };
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(Array.from({ length: 8 }, () => fixture.bus.ask(CreateWidgetKey, key)));
    await pause(20);
    const { policy } = await fixture.bus.ask(ShowTenant, { tenantId: 'acme' });
    expect((await fixture.bus.documents(PolicyDocument).read('acme'))?.version).toBe(policy.version);
  }
  await fixture.close();
});
