import { somePolicy, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { admit } from './admission.ts';

const policy = somePolicy();
const nowMs = Date.parse('2026-05-05T12:00:00.000Z');
const visitor = { kind: 'widget' as const, widgetKey: someWidgetKey, visitorId: 'v_1' };
const user = { kind: 'console' as const, userId: 'ada' };
const admission = (over: object = {}) => ({
  ...{ identity: visitor, agentId: 'guide', mode: 'direct' as const, deadlineAt: '2026-05-05T12:00:05.000Z' },
  ...over,
});
const keys = (over: object) => ({ ...policy, keys: policy.keys.map((key) => ({ ...key, ...over })) });

describe('a request that quota admitted', () => {
  it('is granted under the policy in force', () => {
    expect(admit(policy, admission(), nowMs)).toEqual({ policy });
    expect(admit(policy, admission({ identity: user }), nowMs)).toEqual({ policy });
  });
  it.each([
    ['expired', 'its deadline is reached', policy, { deadlineAt: '2026-05-05T12:00:00.000Z' }],
    ['unavailable', 'no policy is known', undefined, {}],
    ['tenant-suspended', 'the tenant is suspended', { ...policy, status: 'suspended' as const }, {}],
    ['tenant-suspended', 'the kill switch of the tenant is engaged', { ...policy, halted: true }, { identity: user }],
    ['tenant-suspended', 'the kill switch of its key is engaged', keys({ halted: true }), {}],
    ['key-revoked', 'its key was revoked', keys({ revokedAt: '2026-05-05T11:00:00.000Z' }), {}],
    ['key-revoked', 'its key is over', keys({ expiresAt: '2026-05-05T11:00:00.000Z' }), {}],
    ['mode-not-allowed', 'the tenant brokers all calls', { ...policy, calls: 'brokered' as const }, {}],
    [
      'mode-not-allowed',
      'the tenant brokers no call',
      { ...policy, calls: 'direct' as const },
      { mode: 'brokered' as const },
    ],
    ['unknown-agent', 'the policy has no such agent', policy, { agentId: 'nobody' }],
  ])('is denied as %s when %s', (reason, _when, inForce, over) => {
    expect(admit(inForce, admission(over), nowMs)).toEqual({ denial: { reason } });
  });
});
