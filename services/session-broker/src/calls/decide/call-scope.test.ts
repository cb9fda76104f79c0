import { somePolicy, someWidgetKey } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { isLifted } from './call-scope.ts';

const open = somePolicy();
const suspended = { ...open, status: 'suspended' as const };
const halted = { ...open, keys: open.keys.map((key) => ({ ...key, halted: true })) };
const ofTenant = { tenantId: 'acme' };
const ofKey = { tenantId: 'acme', widgetKey: someWidgetKey };

describe('a suspension', () => {
  it.each([
    ['of long ago was lifted when the tenant is open now', open, ofTenant, 60_001, true],
    ['of the last minute stands, whatever this copy knows', open, ofTenant, 60_000, false],
    ['of long ago stands when the tenant is suspended now', suspended, ofTenant, 60_001, false],
    ['of long ago stands when no policy is known', undefined, ofTenant, 60_001, false],
    ['of a key was lifted when the key is open now', open, ofKey, 60_001, true],
    ['of a key stands when the key is halted now', halted, ofKey, 60_001, false],
  ])('%s', (_what, policy, scope, nowMs, expected) => {
    expect(isLifted(policy, scope, 0, nowMs)).toBe(expected);
  });
});
