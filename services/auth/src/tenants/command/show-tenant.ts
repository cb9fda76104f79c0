import type { Policy } from '@vox/contracts';
import { type Defaults, policyOf } from '../decide/policy.ts';
import { type ReadTenantDependencies, readTenant } from './read-tenant.ts';

export type ShowTenantDependencies = ReadTenantDependencies & Readonly<{ defaults: Defaults }>;

export const showTenant = async (dependencies: ShowTenantDependencies, tenantId: string): Promise<Policy> =>
  policyOf(await readTenant(dependencies, tenantId), dependencies.defaults);
