import { type PublishAgentsDependencies, publishAgents } from '../../agents/mod.ts';
import { type Defaults, policyOf } from '../decide/policy.ts';
import { agentSetOf } from '../decide/tenant.ts';
import { publishNewest } from '../publish.ts';
import { type ReadTenantDependencies, readTenant } from './read-tenant.ts';

export type PublishPolicyDependencies = PublishAgentsDependencies &
  ReadTenantDependencies &
  Readonly<{ defaults: Defaults }>;

/** Publishes the newest policy, after the agents that it names. */
export const publishPolicy = (dependencies: PublishPolicyDependencies, tenantId: string): Promise<void> =>
  publishNewest(dependencies.bus, tenantId, async () => {
    const tenant = await readTenant(dependencies, tenantId);
    await publishAgents(dependencies, tenantId, agentSetOf(tenant), tenant.within);
    return policyOf(tenant, dependencies.defaults);
  });
