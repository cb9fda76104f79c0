import type { ListTenants } from '@vox/contracts';
import type { z } from 'zod';
import type { Tenant } from '../decide/tenant.ts';
import type { Tenants } from '../keep.ts';
import { isUnreadable } from './read-tenant.ts';

export type ListTenantsDependencies = Readonly<{ tenants: Pick<Tenants, 'keys' | 'read'> }>;

type Asked = z.infer<(typeof ListTenants)['request']>;
type Reply = z.input<(typeof ListTenants)['reply']>;

/** The tenants in the order of their ids. One that cannot be read keeps no other from being listed. */
export const listTenants =
  ({ tenants }: ListTenantsDependencies) =>
  async ({ after, limit }: Asked): Promise<Reply> => {
    const tenantIds = await tenants.keys(limit + 1, after);
    const part = tenantIds.slice(0, limit);
    const read = await Promise.all(part.map((tenantId) => readOrNot(tenants, tenantId)));
    return {
      tenants: read.flatMap((tenant) => (typeof tenant === 'object' ? [shown(tenant)] : [])),
      unreadable: part.filter((_tenantId, n) => read[n] === 'unreadable'),
      next: tenantIds.length > limit ? (part.at(-1) ?? null) : null,
    };
  };

const shown = ({ draft, status, halted, version }: Tenant) => ({
  ...{ tenantId: draft.tenantId, displayName: draft.displayName, country: draft.country },
  ...{ status, halted, version },
});

const readOrNot = (tenants: Pick<Tenants, 'read'>, tenantId: string): Promise<Tenant | 'unreadable' | undefined> =>
  tenants.read(tenantId).catch((error: unknown) => {
    if (!isUnreadable(error)) throw error;
    return 'unreadable' as const;
  });
