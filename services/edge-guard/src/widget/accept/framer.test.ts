import { someOrigin, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { policy, shown, tenants, verifying } from '../../checks/tenants.fixture.ts';
import { framer } from './framer.ts';

describe('the framer check', () => {
  const run = framer.run({ ...tenants(), verifyWidget: verifying(shown) });
  const found = { policy, origin: someOrigin, tenantId: 'acme', isCounted: true };
  it('finds the origin of a token, or the named one of a key', async () => {
    expect(await run({ query: { token: 'good' } })).toEqual(found);
    expect(await run({ query: { key: someWidgetKey, origin: someOrigin } })).toEqual(found);
  });
  it.each([
    ['neither token nor key', {}, 'INVALID_REQUEST'],
    ['a key without an origin', { key: someWidgetKey }, 'INVALID_REQUEST'],
    [
      'an origin that the key is not bound to',
      { key: someWidgetKey, origin: 'https://evil.example' },
      'ORIGIN_MISMATCH',
    ],
    ['an unknown key', { key: 'none', origin: someOrigin }, 'INVALID_WIDGET_KEY'],
  ])('refuses %s', async (_what, query, code) => {
    await expect(run({ query })).rejects.toMatchObject({ code });
  });
});
