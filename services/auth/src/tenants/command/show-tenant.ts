import type { Notices, Policy } from '@vox/contracts';
import { type Defaults, policyOf } from '../decide/policy.ts';
import { type ReadTenantDependencies, readTenant } from './read-tenant.ts';

export type ShowTenantDependencies = ReadTenantDependencies & Readonly<{ defaults: Defaults }>;

/** The policy in force, and whom the tenant wants told: that stands in no policy. */
export async function showTenant(
  dependencies: ShowTenantDependencies,
  tenantId: string,
): Promise<Readonly<{ policy: Policy; notices: Notices }>> {
  const tenant = await readTenant(dependencies, tenantId);
  return { policy: policyOf(tenant, dependencies.defaults), notices: tenant.draft.notices };
}
