import { revocationKey } from '@vox/contracts';
import { somePolicy, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { keepAlive } from './keep-alive.ts';

const [key] = somePolicy().keys;
const asked = {
  tenantId: 'acme',
  sessionId: 's1',
  claims: {
    tenantId: 'acme',
    identity: { kind: 'widget', widgetKey: someWidgetKey, visitorId: `v_${'A'.repeat(22)}` } as const,
  },
  body: {},
};

/** A heartbeat at a door that knows of these changes. The broker, if it is asked, has never heard of the call. */
function beat(over: object, { isRevoked = false, isCurrent = true } = {}) {
  const held = <T>(get: (name: string) => T | undefined) => ({ get, current: () => isCurrent });
  return keepAlive({
    bus: { ask: async () => ({ kind: 'unknown' }) as never },
    policies: held(() => somePolicy(over)),
    revoked: held((name) => (isRevoked && name === revocationKey('widget-key', someWidgetKey) ? {} : undefined)),
  })(asked);
}

describe('a heartbeat', () => {
  it.each([
    ['the tenant is suspended', { status: 'suspended' }, {}, 'admin'],
    ['the tenant is halted', { halted: true }, {}, 'admin'],
    ['the key is halted', { keys: [{ ...key, halted: true }] }, {}, 'admin'],
    ['the key is revoked', {}, { isRevoked: true }, 'key_revoked'],
  ])('is refused by this door, which asks nobody, once %s', async (_why, over, known, reason) => {
    await expect(beat(over, known)).rejects.toMatchObject({ code: 'SESSION_ENDED', answer: { reason } });
  });
  it.each([
    ['nothing is closed', {}, {}],
    ['this door may have missed that it was opened again', { halted: true }, { isCurrent: false }],
  ])('is for the broker to answer while %s', async (_why, over, known) => {
    await expect(beat(over, known)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});
