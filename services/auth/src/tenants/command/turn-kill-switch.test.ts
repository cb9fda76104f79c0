import { SetKillSwitch } from '@vox/contracts';
import { expect, it } from 'vitest';
import { authOnTwins } from '../../auth.fixture.ts';

it('the kill switch of a tenant or of a key turns once each way, and its fact names the policy in force', async () => {
  const fixture = await authOnTwins();
  await fixture.putTenant();
  const { widgetKey } = await fixture.createKey();
  const turn = (engaged: boolean, key?: string, tenantId = 'acme') =>
    fixture.bus.ask(SetKillSwitch, { tenantId, widgetKey: key, engaged, actor: 'test' });
  await turn(true, widgetKey);
  expect(await turn(true, widgetKey)).toEqual({ version: 3 });
  expect(await fixture.policy()).toMatchObject({ halted: false, keys: [{ key: widgetKey, halted: true }] });
  await turn(true);
  await turn(false, widgetKey);
  expect(await fixture.policy()).toMatchObject({ version: 5, halted: true, keys: [{ halted: false }] });
  await expect(turn(true, 'w_acme_none_0123456789abcdef')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  await expect(turn(true, undefined, 'other')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const published = fixture.bus.published().filter(({ type }) => type.includes('kill-switch'));
  expect(published.map(({ type, data }) => [type, data])).toMatchObject([
    ['vox.identity.kill-switch-engaged.v1', { tenantId: 'acme', widgetKey, policyVersion: 3 }],
    ['vox.identity.kill-switch-engaged.v1', { tenantId: 'acme', policyVersion: 4 }],
    ['vox.identity.kill-switch-released.v1', { tenantId: 'acme', widgetKey }],
  ]);
  await fixture.close();
});
