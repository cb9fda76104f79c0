import { describe, expect, it } from 'vitest';
import { namedTenant } from './named-tenant.ts';

describe('a tenant that is named in the body', () => {
  const run = namedTenant.run({});
  it('may be left out, or be the one of the key', () => {
    for (const tenantId of [undefined, 'acme']) expect(run({ tenantId: 'acme', body: { tenantId } })).toBeUndefined();
  });
  it('is answered like an unknown key where it is another one', () => {
    const other = { tenantId: 'acme', body: { tenantId: 'other' } };
    expect(() => run(other)).toThrow(expect.objectContaining({ code: 'INVALID_WIDGET_KEY' }));
  });
});
