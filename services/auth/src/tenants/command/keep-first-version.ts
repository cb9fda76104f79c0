import type { Clock } from '@vox/platform/time';
import { hasVersions, type KeepVersionDependencies, keepVersion } from '../../policy-versions/mod.ts';
import { unkeptPuts } from '../decide/tenant.ts';
import { type ReadTenantDependencies, readTenant } from './read-tenant.ts';

export type KeepFirstVersionDependencies = KeepVersionDependencies &
  ReadTenantDependencies &
  Readonly<{ clock: Clock }>;

const by = { actor: 'service:auth', reason: 'it was put before versions were kept' };

/** Policies once had no versions. The one that is in force is the first that is kept, and can be rolled back to. */
export async function keepFirstVersion(dependencies: KeepFirstVersionDependencies, tenantId: string): Promise<void> {
  if (await hasVersions(dependencies, tenantId)) return;
  const tenant = await readTenant(dependencies, tenantId);
  if (unkeptPuts(tenant).length > 0) return;
  const { draft, agentSetId, version } = tenant;
  await keepVersion(dependencies, {
    ...{ tenantId, version, draft, agentSetId, by },
    atMs: dependencies.clock.now().getTime(),
  });
}
