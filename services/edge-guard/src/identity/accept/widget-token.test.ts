import { revocationKey } from '@vox/contracts';
import { someWidgetKey } from '@vox/testing';
import { describe, expect, it, vi } from 'vitest';
import { clock } from '../../checks/asked.fixture.ts';
import { policy, shown, tenants, verifying, visitorId } from '../../checks/tenants.fixture.ts';
import { widgetToken } from './widget-token.ts';

describe('the widget token check', () => {
  it('adds the visitor, and what its key stands for now', async () => {
    const verifyWidget = vi.fn(verifying(shown));
    const added = await widgetToken({ graceSeconds: 600 }).run({ ...tenants(), verifyWidget })({ token: 'good' });
    expect(added).toMatchObject({ identity: { kind: 'widget', visitorId }, policy, tenantId: 'acme' });
    expect(verifyWidget).toHaveBeenCalledWith('good', clock.now(), { graceSeconds: 600 });
  });
  it('refuses a token whose key was revoked', async () => {
    const revoked = { [revocationKey('widget-key', someWidgetKey)]: {} };
    const run = widgetToken().run({ ...tenants({ revoked }), verifyWidget: verifying(shown) });
    await expect(run({ token: 'good' })).rejects.toMatchObject({ code: 'INVALID_WIDGET_KEY' });
  });
  it('denies while a revocation could have been missed', async () => {
    const run = widgetToken().run({ ...tenants({ isCurrent: false }), verifyWidget: verifying(shown) });
    await expect(run({ token: 'good' })).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
