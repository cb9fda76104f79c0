import { PutTenant, RevokeWidgetKey, SetTenantStatus } from '@vox/contracts';
import { expect, it } from 'vitest';
import { authOnTwins } from '../../auth.fixture.ts';

it('a refusal enters the audit log of the tenant or, where there is none, the platform’s own', async () => {
  const fixture = await authOnTwins();
  await fixture.putTenant();
  const by = { actor: 'operator:eve', requestId: 'request-2' };
  const widgetKey = 'w_acme_none_0123456789abcdef';
  await fixture.bus.ask(RevokeWidgetKey, { tenantId: 'acme', widgetKey, ...by }).catch(() => undefined);
  await fixture.bus.ask(PutTenant, { draft: { tenantId: 'Not One' }, ...by }).catch(() => undefined);
  await fixture.bus.ask(SetTenantStatus, { tenantId: 'nobody', status: 'suspended', ...by }).catch(() => undefined);
  const acts = fixture.bus.published().filter(({ type }) => type.includes('acted'));
  expect(acts.map(({ data }) => data)).toMatchObject([
    { tenantId: 'acme', action: 'key.revoke', target: `key:${widgetKey}`, outcome: 'refused', ...by },
    { tenantId: '_platform', action: 'tenant.put', details: { code: 'INVALID_REQUEST' } },
    { tenantId: '_platform', action: 'tenant.suspend', target: 'tenant:nobody', details: { code: 'NOT_FOUND' } },
  ]);
  await fixture.close();
});
