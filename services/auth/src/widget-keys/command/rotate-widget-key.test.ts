import { RevocationDocument, RevokeWidgetKey, RotateWidgetKey } from '@vox/contracts';
import { expect, it } from 'vitest';
import { authOnTwins, origin } from '../../auth.fixture.ts';

it('a widget key is rotated with grace, and a key that is revoked stays so for ever', async () => {
  const fixture = await authOnTwins();
  const { bus } = fixture;
  await fixture.putTenant();
  const { widgetKey } = await fixture.createKey();
  const rotate = (key: string, graceSeconds: number) =>
    bus.ask(RotateWidgetKey, { tenantId: 'acme', widgetKey: key, graceSeconds, actor: 'test' });
  const next = await rotate(widgetKey, 60);
  expect((await fixture.policy())?.keys).toMatchObject([
    { key: widgetKey, expiresAt: next.graceEndsAt },
    { key: next.widgetKey, expiresAt: null, origins: [origin] },
  ]);
  await bus.ask(RevokeWidgetKey, { tenantId: 'acme', widgetKey: next.widgetKey, actor: 'test' });
  const revocation = await bus.documents(RevocationDocument).read(`widget-key.${next.widgetKey}`);
  expect(revocation).toMatchObject({ until: null });
  await expect(rotate(next.widgetKey, 0)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const ofAnother = bus.ask(RevokeWidgetKey, { tenantId: 'other', widgetKey, actor: 'test' });
  await expect(ofAnother).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(fixture.publishedTypes()).toEqual(['tenant-created.v1', 'key-created.v1', 'key-rotated.v1', 'key-revoked.v1']);
  await fixture.close();
});
