import type { SetTenantStatus } from '@vox/contracts';
import type { z } from 'zod';
import { setStatus } from '../decide/switches.ts';
import { type ChangeTenantDependencies, changeTenant, stampOf } from './change-tenant.ts';

/** Suspends or resumes a tenant. Answers the version of the policy that says so. */
export async function setTenantStatus(
  dependencies: ChangeTenantDependencies,
  { tenantId, status, ifVersion, ...by }: z.infer<(typeof SetTenantStatus)['request']>,
): Promise<number> {
  const stamp = stampOf(dependencies, by);
  const { version } = await changeTenant(dependencies, tenantId, stamp, (tenant) =>
    setStatus(tenant, status, ifVersion),
  );
  return version;
}
