import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultsOf, limitSettings } from './config.ts';
import { policyOf } from './tenants/decide/policy.ts';

const policyWith = (widget: object, env: object = {}) => {
  const defaults = defaultsOf(z.object(limitSettings).parse(env));
  const { status, halted, version, keys, overrides, agentSetId, ...rest } = somePolicy();
  const draft = { ...rest, limits: { widget, console: {} } };
  const tenant = { draft, status, halted, version, keys, overrides, agentSetId };
  return policyOf(tenant as unknown as Parameters<typeof policyOf>[0], defaults).limits.widget.openSessionsPerAddress;
};

describe('the limit of open calls per address', () => {
  it.each([
    ['10', {}, 5],
    ['200', { openSessions: 200 }, 100],
    ['7', { openSessions: 7 }, 4],
    ['1', { openSessions: 1 }, 1],
  ])('is half of the %s open calls of its tenant where neither tenant nor platform sets it', (_many, widget, half) => {
    expect(policyWith(widget)).toBe(half);
  });
  it('is what the tenant sets, or else the platform', () => {
    const env = { WIDGET_MAX_CONCURRENT_PER_ADDRESS: '30' };
    expect(policyWith({ openSessions: 200 }, env)).toBe(30);
    expect(policyWith({ openSessions: 200, openSessionsPerAddress: 9 }, env)).toBe(9);
    expect(policyWith({ openSessions: 200, openSessionsPerAddress: null })).toBeNull();
  });
});
