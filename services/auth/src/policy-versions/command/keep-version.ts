import { policyVersionsMax } from '@vox/contracts';
import { type RemoveAgentSetDependencies, removeAgentSet } from '../../agents/mod.ts';
import type { PolicyVersion } from '../decide/policy-version.ts';
import { type PolicyVersions, versionKey, versionsOf } from '../keep.ts';
import { type NamesSetDependencies, someVersionNames } from './names-set.ts';

export type KeepVersionDependencies = NamesSetDependencies &
  RemoveAgentSetDependencies &
  Readonly<{ policyVersions: Pick<PolicyVersions, 'decideOnce' | 'remove' | 'tagged'> }>;

/** Keeps a version, once, and removes the oldest ones beyond the bound, with the agents that only they named. */
export async function keepVersion(dependencies: KeepVersionDependencies, version: PolicyVersion): Promise<void> {
  const { policyVersions } = dependencies;
  const { tenantId } = version;
  await policyVersions.decideOnce(versionKey(tenantId, version.version), { propose: () => version });
  const kept = await versionsOf(policyVersions, tenantId);
  for (const { key, state } of kept.slice(0, Math.max(0, kept.length - policyVersionsMax))) {
    await policyVersions.remove(key);
    const { agentSetId, draft } = state;
    if (await someVersionNames(dependencies, tenantId, agentSetId)) continue;
    await removeAgentSet(dependencies, tenantId, {
      agentSetId,
      agentIds: draft.agents.map(({ agentId }) => agentId),
    });
  }
}
