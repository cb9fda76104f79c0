import type { Acting, PutTenant, SentDraft, TenantDraft } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import {
  type FindSentAgentsDependencies,
  findSentAgents,
  type KeepAgentDependencies,
  keepAgent,
} from '../../agents/mod.ts';
import { mistakesIn, putDraft } from '../decide/put.ts';
import { type ChangeTenantDependencies, stampOf } from './change-tenant.ts';
import { publishOutbox } from './publish-outbox.ts';

export type PutTenantDependencies = ChangeTenantDependencies & KeepAgentDependencies & FindSentAgentsDependencies;

/** A draft that holds its agents, or one that names agents which were sent before under a set. */
export type GivenDraft =
  | Readonly<{ kind: 'whole'; draft: TenantDraft }>
  | Readonly<{ kind: 'sent'; draft: z.infer<typeof SentDraft>; agentSetId: string }>;

type Decided = Readonly<{ tenant: ReturnType<typeof putDraft>; created: boolean }>;

/** Creates a tenant, or gives it a new version of its policy. */
export async function putTenant(
  dependencies: PutTenantDependencies,
  given: GivenDraft,
  by: Acting,
): Promise<z.input<(typeof PutTenant)['reply']>> {
  const { tenantId } = given.draft;
  const { draft, agentSetId } = await withAgents(dependencies, given);
  const mistakes = mistakesIn(draft, dependencies.defaults.ceiling);
  if (mistakes.length > 0) throw new Fault('INVALID_REQUEST', { issues: mistakes });
  if (given.kind === 'whole')
    for (const agent of draft.agents) await keepAgent(dependencies, tenantId, agentSetId, agent);
  const stamp = stampOf(dependencies, by);
  const { tenant, created } = await dependencies.tenants.update<Decided>(tenantId, (known) => {
    const tenant = putDraft(known, draft, agentSetId, stamp);
    const result = { tenant, created: known === undefined };
    return tenant === 'former set' ? { result } : { result, state: tenant };
  });
  if (tenant === 'former set') throw usedBefore();
  await publishOutbox(dependencies, tenantId, tenant);
  return { tenantId, version: tenant.version, created };
}

/** The draft with its agents, and the set that they are or will be kept under. */
async function withAgents(
  dependencies: FindSentAgentsDependencies & Pick<PutTenantDependencies, 'uuid'>,
  given: GivenDraft,
): Promise<Readonly<{ draft: TenantDraft; agentSetId: string }>> {
  if (given.kind === 'whole') return { draft: given.draft, agentSetId: dependencies.uuid() };
  const { draft, agentSetId } = given;
  const agentIds = draft.agents.map(({ agentId }) => agentId);
  const agents = await findSentAgents(dependencies, draft.tenantId, { agentSetId, agentIds });
  return { draft: { ...draft, agents }, agentSetId };
}

const usedBefore = (): Fault => invalidField('agentSetId', 'was used by the policy before; begin a new set');
