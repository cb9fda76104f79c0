import { type KeepAgentDependencies, keepAgent } from '../../agents/mod.ts';
import type { Tenants } from '../keep.ts';
import { type ReadTenantDependencies, readTenant } from './read-tenant.ts';

export type MoveAgentsOutDependencies = KeepAgentDependencies &
  ReadTenantDependencies &
  Readonly<{ tenants: Pick<Tenants, 'read' | 'update'> }>;

/** Tenants once held their agents themselves. Such agents are kept on their own from now on. */
export async function moveAgentsOut(dependencies: MoveAgentsOutDependencies, tenantId: string): Promise<void> {
  const { agentSetId, within } = await readTenant(dependencies, tenantId);
  if (within.length === 0) return;
  for (const agent of within) await keepAgent(dependencies, tenantId, agentSetId, agent);
  await dependencies.tenants.update(tenantId, (now) =>
    now?.agentSetId === agentSetId ? { result: undefined, state: { ...now, within: [] } } : { result: undefined },
  );
}
