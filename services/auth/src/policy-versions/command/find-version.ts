import { type Agent, mistakeSaid } from '@vox/contracts';
import { Fault, issueAt } from '@vox/platform/fault';
import { type ShowAgentDependencies, showAgent } from '../../agents/mod.ts';
import type { PolicyVersion } from '../decide/policy-version.ts';
import { type PolicyVersions, versionKey } from '../keep.ts';

export type FindVersionDependencies = ShowAgentDependencies &
  Readonly<{ policyVersions: Pick<PolicyVersions, 'read'> }>;

export type FoundVersion = Readonly<{ kept: PolicyVersion; agents: readonly Agent[] }>;

/** A version with its agents. Throws Fault NOT_FOUND where no such version is kept; `path` is what named it. */
export async function findVersion(
  dependencies: FindVersionDependencies,
  tenantId: string,
  version: number,
  path = 'version',
): Promise<FoundVersion> {
  const kept = await dependencies.policyVersions.read(versionKey(tenantId, version));
  if (kept === undefined) throw new Fault('NOT_FOUND', { issues: [issueAt(path, mistakeSaid('no-version'))] });
  const { agentSetId } = kept;
  const agents = await Promise.all(
    kept.draft.agents.map(({ agentId }) => showAgent(dependencies, { tenantId, agentSetId, agentId })),
  );
  return { kept, agents };
}
