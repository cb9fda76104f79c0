import { Fault, noTenant } from '@vox/platform/fault';
import type { Tenant } from '../decide/tenant.ts';
import type { Tenants } from '../keep.ts';

export type ReadTenantDependencies = Readonly<{ tenants: Pick<Tenants, 'read'> }>;

/** Whether a document has a form that this version does not read. An outage of the store is another thing. */
export const isUnreadable = (error: unknown): boolean => error instanceof Fault && error.code === 'INTERNAL';

/** Throws Fault NOT_FOUND where there is no such tenant, and Fault INTERNAL with a sentence where it cannot be read. */
export async function readTenant({ tenants }: ReadTenantDependencies, tenantId: string): Promise<Tenant> {
  const tenant = await tenants.read(tenantId).catch((cause: unknown) => {
    if (!isUnreadable(cause)) throw cause;
    const message = `this version cannot read the form in which tenant ${tenantId} is kept`;
    throw new Fault('INTERNAL', { message }, { cause });
  });
  if (tenant === undefined) throw noTenant(tenantId);
  return tenant;
}
