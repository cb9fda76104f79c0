import {
  CreateTenant,
  ListPolicyVersions,
  ListTenants,
  PutTenant,
  RollBackPolicy,
  SetTenantStatus,
} from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import { describe, expect, it, onTestFinished } from 'vitest';
import { authOnTwins, draft } from '../../auth.fixture.ts';
import type { Tenants } from '../keep.ts';

const open = async (...how: Parameters<typeof authOnTwins>) => {
  const fixture = await authOnTwins(...how);
  onTestFinished(fixture.close);
  return fixture;
};
const mismatch = { code: 'VERSION_MISMATCH', answer: { issues: [{ path: 'ifVersion' }] } };

describe('a change that is bound to a version', () => {
  it('is made by one of fifty who ask at once of two copies, and the others change nothing', async () => {
    const fixture = await open({ copies: 2 });
    await fixture.putTenant();
    const puts = Array.from({ length: 50 }, (_, n) =>
      fixture.bus.ask(PutTenant, { draft: { ...draft, displayName: `Acme ${n}` }, ifVersion: 1, actor: 'test' }).then(
        () => n,
        (error: unknown) => {
          expect(error).toMatchObject(mismatch);
          return undefined;
        },
      ),
    );
    const winners = (await Promise.all(puts)).filter((n) => n !== undefined);
    expect(winners).toHaveLength(1);
    expect(await fixture.policy()).toMatchObject({ version: 2, displayName: `Acme ${winners[0]}` });
    const { versions } = await fixture.bus.ask(ListPolicyVersions, { tenantId: 'acme' });
    expect(versions).toHaveLength(2);
  });
  it('makes a tenant once of many who ask at once of two copies, and leaves one that is there as it is', async () => {
    const fixture = await open({ copies: 2 });
    const created = await Promise.allSettled(
      Array.from({ length: 20 }, (_, n) =>
        fixture.bus.ask(CreateTenant, { draft: { ...draft, displayName: `Acme ${n}` }, actor: 'test' }),
      ),
    );
    const refused = created.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []));
    expect(refused).toHaveLength(19);
    for (const reason of refused)
      expect(reason).toMatchObject({ code: 'INVALID_REQUEST', answer: { issues: [{ path: 'tenantId' }] } });
    expect(await fixture.policy()).toMatchObject({ version: 1 });
  });
  it('is refused where the tenant has another version or does not exist, whatever would change', async () => {
    const fixture = await open();
    await fixture.putTenant();
    await fixture.putTenant();
    const by = { tenantId: 'acme', ifVersion: 1, actor: 'test' };
    await expect(fixture.bus.ask(RollBackPolicy, { ...by, version: 1 })).rejects.toMatchObject(mismatch);
    await expect(fixture.bus.ask(SetTenantStatus, { ...by, status: 'suspended' })).rejects.toMatchObject(mismatch);
    const created = fixture.bus.ask(PutTenant, { draft: { ...draft, tenantId: 'b' }, ifVersion: 1, actor: 'test' });
    await expect(created).rejects.toMatchObject(mismatch);
    expect(await fixture.policy()).toMatchObject({ version: 2, status: 'active' });
    expect(await fixture.agents.all(9)).toHaveLength(2);
    await fixture.bus.ask(SetTenantStatus, { ...by, ifVersion: 2, status: 'suspended' });
    expect(await fixture.policy()).toMatchObject({ version: 3, status: 'suspended' });
  });
});

it('tenants are listed in the order of their ids, in pages, and one that cannot be read hides no other', async () => {
  const tenantsOf = (tenants: Tenants): Tenants => ({
    ...tenants,
    async read(key) {
      if (key === 'c') throw new Fault('INTERNAL');
      return tenants.read(key);
    },
  });
  const fixture = await open({ tenantsOf });
  for (const tenantId of ['b', 'a', 'd', 'c'])
    await fixture.bus.ask(PutTenant, { draft: { ...draft, tenantId }, actor: 'test' }).catch(() => undefined);
  const first = await fixture.bus.ask(ListTenants, { limit: 3 });
  expect(first).toMatchObject({ tenants: [{ tenantId: 'a' }, { tenantId: 'b' }], unreadable: ['c'], next: 'c' });
  const second = await fixture.bus.ask(ListTenants, { limit: 3, after: first.next ?? undefined });
  expect(second).toEqual({
    tenants: [{ tenantId: 'd', displayName: 'Acme', status: 'active', halted: false, version: 1, country: null }],
    ...{ unreadable: [], next: null },
  });
});
