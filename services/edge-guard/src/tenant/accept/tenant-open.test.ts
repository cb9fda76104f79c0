import { somePolicy } from '@vox/testing';
import { describe, expect, it } from 'vitest';
import { tenantOpen } from './tenant-open.ts';

describe('the tenant check', () => {
  it('lets an open tenant pass, with or without a widget key', () => {
    const policy = somePolicy();
    for (const key of [policy.keys[0], undefined]) expect(tenantOpen.run({})({ policy, key })).toBeUndefined();
  });
  it('refuses a tenant that is suspended', () => {
    const policy = somePolicy({ status: 'suspended' });
    expect(() => tenantOpen.run({})({ policy })).toThrow(expect.objectContaining({ code: 'TENANT_SUSPENDED' }));
  });
});
