import { Fault, noTenant } from '@vox/platform/fault';
import type { Needs } from '../../dependencies.ts';
import type { Tenant } from '../decide/tenant.ts';

/** What was kept is of no form that is read today. An outage of the store is another thing. */
export const isUnreadable = (error: unknown): boolean => error instanceof Fault && error.code === 'INTERNAL';

/** A tenant as it is kept. Throws Fault NOT_FOUND where there is none, and INTERNAL that says so where it cannot be read. */
export async function keptTenant({ tenants }: Pick<Needs, 'tenants'>, tenantId: string): Promise<Tenant> {
  const tenant = await tenants.read(tenantId).catch((cause: unknown) => {
    if (!isUnreadable(cause)) throw cause;
    const message = `what is kept of tenant ${tenantId} is of no form that this version reads`;
    throw new Fault('INTERNAL', { message }, { cause });
  });
  if (tenant === undefined) throw noTenant(tenantId);
  return tenant;
}
