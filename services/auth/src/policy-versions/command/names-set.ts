import { type PolicyVersions, versionTag } from '../keep.ts';

export type NamesSetDependencies = Readonly<{ policyVersions: Pick<PolicyVersions, 'tagged'> }>;

/** Whether any version of a tenant's policy is kept. */
export const hasVersions = async ({ policyVersions }: NamesSetDependencies, tenantId: string): Promise<boolean> =>
  (await policyVersions.tagged(versionTag.tenant(tenantId), 1)).length > 0;

/** Whether some version that is kept names a set of agents. */
export const someVersionNames = async (
  { policyVersions }: NamesSetDependencies,
  tenantId: string,
  agentSetId: string,
): Promise<boolean> => (await policyVersions.tagged(versionTag.agentSet(tenantId, agentSetId), 1)).length > 0;
