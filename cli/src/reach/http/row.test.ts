import { EndSessions, ListMembers, ProveApiKey, PutTenant, RotateSigningKey, SetTenantStatus } from '@vox/contracts';
import { describe, expect, it } from 'vitest';
import { rowFor } from './row.ts';

const by = { actor: 'operator:test' };

describe('the operation of a question', () => {
  it('is that of the credential’s own tenant, and of no other, whether a field or a draft names it', () => {
    expect(rowFor(ListMembers, { tenantId: 'acme' }, 'acme').path).toBe('/api/v1/members');
    expect(rowFor(PutTenant, { draft: { tenantId: 'acme' }, ...by }, 'acme').path).toBe('/api/v1/policy');
    for (const request of [{ tenantId: 'other' }, { draft: { tenantId: 'other' } }])
      expect(() => rowFor(PutTenant, request, 'acme')).toThrow(/is of the tenant acme, and of no other/);
  });
  it('names the tenant in its path for an operator of the platform, where there is such an operation', () => {
    const asked = { tenantId: 'acme', ...by };
    expect(rowFor(EndSessions, asked, 'acme').path).toBe('/api/v1/sessions/end');
    expect(rowFor(EndSessions, asked, '_platform').path).toBe('/api/v1/tenants/:tenantId/sessions/end');
    expect(rowFor(SetTenantStatus, asked, '_platform').path).toBe('/api/v1/tenants/:tenantId/status');
    expect(rowFor(RotateSigningKey, { use: 'login', ...by }, '_platform').path).toBe('/api/v1/signing-keys/rotate');
    expect(() => rowFor(PutTenant, { draft: { tenantId: 'acme' } }, '_platform')).toThrow(/over the bus only/);
  });
  it('does not exist for a question that manages nothing', () => {
    expect(() => rowFor(ProveApiKey, {}, 'acme')).toThrow(/this works over the bus only/);
  });
});
