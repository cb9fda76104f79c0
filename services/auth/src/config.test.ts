import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defaultsOf, limitSettings } from './config.ts';
import { policyOf } from './tenants/decide/policy.ts';

const policyWith = (widget: object, env: object = {}) => {
  const defaults = defaultsOf(z.object(limitSettings).parse(env));
  const { status, halted, version, keys, agentSetId, ...rest } = somePolicy();
  const draft = { ...rest, limits: { widget, console: {} } };
  const tenant = { draft, status, halted, version, keys, agentSetId } as unknown as Parameters<typeof policyOf>[0];
  return policyOf(tenant, defaults).limits.widget.openSessionsPerAddress;
};

describe('the open calls of one address', () => {
  it.each([
    ['ten', {}, 5],
    ['two hundred', { openSessions: 200 }, 100],
    ['seven', { openSessions: 7 }, 4],
    ['one', { openSessions: 1 }, 1],
  ])('are half of the %s of its tenant where nobody says', (_many, widget, half) => {
    expect(policyWith(widget)).toBe(half);
  });
  it('are what the tenant or else the platform says', () => {
    const env = { WIDGET_MAX_CONCURRENT_PER_ADDRESS: '30' };
    expect(policyWith({ openSessions: 200 }, env)).toBe(30);
    expect(policyWith({ openSessions: 200, openSessionsPerAddress: 9 }, env)).toBe(9);
    expect(policyWith({ openSessions: 200, openSessionsPerAddress: null })).toBeNull();
  });
});
