import { setImmediate as turn } from 'node:timers/promises';
import { type Agent, type Policy, publicAgent, type ResolveDraft, type ToldAgent } from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { showAgent } from '../../agents/mod.ts';
import { findVersion, hashOf, someVersionNames } from '../../policy-versions/mod.ts';
import { policyOf } from '../decide/policy.ts';
import { isFormerSet } from '../decide/put.ts';
import type { Tenant } from '../decide/tenant.ts';
import { type GivenDraft, refuseMistakes, usedBefore, withAgents } from './put-tenant.ts';
import { readTenant } from './read-tenant.ts';
import type { RollBackPolicyDependencies } from './roll-back-policy.ts';

type Reply = z.input<(typeof ResolveDraft)['reply']>;
type Resolved = Readonly<{ policy: Policy; told: ToldAgent[] }>;

/**
 * The policy that a draft would make of a tenant, beside the one in force. It is refused as putting it would be, and
 * nothing is kept. Throws Fault NOT_FOUND where there is no such tenant: a new one has no past.
 */
export async function resolveDraft(dependencies: RollBackPolicyDependencies, given: GivenDraft): Promise<Reply> {
  const { draft } = await withAgents(dependencies, given);
  await refuseMistakes(dependencies, draft);
  const tenant = await readTenant(dependencies, draft.tenantId);
  if (given.kind === 'sent') await refuseFormer(dependencies, tenant, given);
  const drafted = { ...tenant, draft: { ...draft, agents: draft.agents.map(publicAgent) } };
  return {
    inForce: await inForce(dependencies, tenant),
    drafted: { policy: policyOf(drafted, dependencies.defaults), told: await told(draft.agents) },
  };
}

/** The same for an earlier version, as going back to it would make it. */
export async function resolveVersion(
  dependencies: RollBackPolicyDependencies,
  { tenantId, version }: Readonly<{ tenantId: string; version: number }>,
): Promise<Reply> {
  await readTenant(dependencies, tenantId);
  const { kept, agents } = await findVersion(dependencies, tenantId, version);
  return resolveDraft(dependencies, { kind: 'whole', draft: { ...kept.draft, agents: [...agents] } });
}

async function refuseFormer(
  dependencies: RollBackPolicyDependencies,
  tenant: Tenant,
  { draft: { tenantId }, agentSetId }: Extract<GivenDraft, { kind: 'sent' }>,
): Promise<void> {
  if (tenant.agentSetId === agentSetId) return;
  if (isFormerSet(tenant, agentSetId) || (await someVersionNames(dependencies, tenantId, agentSetId)))
    throw usedBefore();
}

/** The policy of a tenant with what its agents are told. */
async function inForce(dependencies: RollBackPolicyDependencies, tenant: Tenant): Promise<Resolved> {
  const { draft, agentSetId, within } = tenant;
  const { tenantId } = draft;
  const agents = await Promise.all(
    draft.agents.map(
      async ({ agentId }) =>
        within.find((each) => each.agentId === agentId) ??
        (await showAgent(dependencies, { tenantId, agentSetId, agentId }).catch(replaced)),
    ),
  );
  return { policy: policyOf(tenant, dependencies.defaults), told: await told(agents) };
}

/** Somebody put another policy meanwhile, and its agents are gone. */
function replaced(error: unknown): never {
  if (error instanceof Fault && error.code === 'NOT_FOUND') throw new Fault('UNAVAILABLE', {}, { cause: error });
  throw error;
}

/** What agents are told and can do, as hashes. Fifty agents take a time in which others must be answered too. */
async function told(agents: readonly Agent[]): Promise<ToldAgent[]> {
  const all: ToldAgent[] = [];
  for (const { agentId, instructions, tools } of agents) {
    const hashed = tools.map((tool) => ({ name: tool.name, hash: hashOf(JSON.stringify(tool)) }));
    all.push({ agentId, instructions: hashOf(instructions), tools: hashed });
    await turn();
  }
  return all;
}
