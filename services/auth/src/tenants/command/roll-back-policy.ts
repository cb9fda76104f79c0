import type { RollBackPolicy } from '@vox/contracts';
import type { z } from 'zod';
import { type FindVersionDependencies, findVersion } from '../../policy-versions/mod.ts';
import { type PutTenantDependencies, putTenant } from './put-tenant.ts';

export type RollBackPolicyDependencies = PutTenantDependencies & FindVersionDependencies;

type Asked = z.infer<(typeof RollBackPolicy)['request']>;
type Reply = z.input<(typeof RollBackPolicy)['reply']>;

/**
 * Puts an older version again, as a new one. It is held against today's ceiling like any other draft, and its agents
 * get a set of their own: nobody withdraws them who is late with the older one.
 */
export async function rollBackPolicy(
  dependencies: RollBackPolicyDependencies,
  { tenantId, version, ifVersion, ...by }: Asked,
): Promise<Reply> {
  const { kept, agents } = await findVersion(dependencies, tenantId, version);
  const draft = { ...kept.draft, agents: [...agents] };
  const put = await putTenant(dependencies, { kind: 'whole', draft }, by, { ifVersion, restores: version });
  return { tenantId, version: put.version };
}
