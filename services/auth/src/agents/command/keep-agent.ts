import { isDeepStrictEqual } from 'node:util';
import { Agent, AgentDocument, agentKey, type PutAgent, type ShowAgent } from '@vox/contracts';
import { Fault, issuesOf } from '@vox/platform/fault';
import type { z } from 'zod';
import type { Needs } from '../../dependencies.ts';
import { type AgentSet, agentSetOf, namesSet, type Tenant } from '../../tenants/decide/tenant.ts';
import { agentCell, type KeptAgent } from '../keep/agents.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;

/** What was sent and is named by no policy is looked at after so long, and goes. */
const sentMs = 86_400_000;
/** What a policy names is looked at again so much later: it should have gone with its set. */
const namedMs = 30 * 86_400_000;
const page = 100;

/** Keeps an agent under a set. The same again changes nothing; another under the same name is refused, for whoever read the first relies on it. */
export async function keepAgent(needs: Needs, tenantId: string, agentSetId: string, agent: Agent): Promise<void> {
  const lookAtMs = needs.clock.now().getTime() + sentMs;
  const stands = await needs.agents.update<KeptAgent>(agentCell(tenantId, agentSetId, agent.agentId), (known) => {
    const state = known ?? { tenantId, agentSetId, agent, lookAtMs };
    return known === undefined ? { result: state, state } : { result: state };
  });
  if (!isDeepStrictEqual(stands.agent, agent))
    throw new Fault('INVALID_REQUEST', {
      issues: [{ path: 'agentSetId', message: 'has another agent of this id already; begin a new set' }],
    });
}

export const answerPutAgent =
  (needs: Needs) =>
  async ({ tenantId, agentSetId, agent }: Asked<typeof PutAgent>) => {
    const read = Agent.safeParse(agent);
    if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
    await keepAgent(needs, tenantId, agentSetId, read.data);
    return { agentId: read.data.agentId };
  };

export const answerShowAgent =
  ({ agents }: Pick<Needs, 'agents'>) =>
  async ({ tenantId, agentSetId, agentId }: Asked<typeof ShowAgent>) => {
    const kept = await agents.read(agentCell(tenantId, agentSetId, agentId));
    if (kept === undefined) throw new Fault('NOT_FOUND');
    return { agent: kept.agent };
  };

/** The agents of a set that were sent one by one, in the order in which a draft names them. */
export async function sentAgents(
  { agents, clock }: Pick<Needs, 'agents' | 'clock'>,
  tenantId: string,
  { agentSetId, agentIds }: AgentSet,
): Promise<Agent[]> {
  const nowMs = clock.now().getTime();
  const kept = await Promise.all(agentIds.map((agentId) => agents.read(agentCell(tenantId, agentSetId, agentId))));
  const issues = kept.flatMap((each, n) =>
    // What is about to go counts as gone.
    each === undefined || each.lookAtMs <= nowMs
      ? [{ path: `agents.${n}`, message: 'was not sent under this set, or more than a day ago' }]
      : [],
  );
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return kept.flatMap((each) => (each === undefined ? [] : [each.agent]));
}

/** Shows a tenant's agents where the broker reads them, unless this copy has done so: before the policy that names them, so that it finds them whole. */
export async function showAgents({ bus, agents, shownSets }: Needs, tenant: Tenant): Promise<void> {
  const { tenantId } = tenant.draft;
  const { agentSetId, agentIds } = agentSetOf(tenant);
  if (shownSets.get(tenantId) === agentSetId) return;
  const documents = bus.documents(AgentDocument);
  await Promise.all(
    agentIds.map(async (agentId) => {
      const within = tenant.within.find((each) => each.agentId === agentId);
      const agent = within ?? (await agents.read(agentCell(tenantId, agentSetId, agentId)))?.agent;
      if (agent === undefined)
        throw new Fault('INTERNAL', {}, { cause: new Error('an agent of a policy is not kept') });
      await documents.put(agentKey(tenantId, agentSetId, agentId), agent);
    }),
  );
  shownSets.set(tenantId, agentSetId);
}

/** A set that no policy names any more goes from the bus and the store. */
export async function dropAgents(
  { bus, agents }: Pick<Needs, 'bus' | 'agents'>,
  tenantId: string,
  { agentSetId, agentIds }: AgentSet,
): Promise<void> {
  for (const agentId of agentIds) {
    await bus.documents(AgentDocument).remove(agentKey(tenantId, agentSetId, agentId));
    await agents.update(agentCell(tenantId, agentSetId, agentId), () => ({ result: undefined, remove: true }));
  }
}

/** What was sent and never put goes after a day. */
export async function dropUnnamed(needs: Needs): Promise<void> {
  const nowMs = needs.clock.now().getTime();
  for (const { key, state } of await needs.agents.due(nowMs, page)) {
    await needs.agents.update(key, async (now) => {
      const isNamed = namesSet(await needs.tenants.read(state.tenantId), state.agentSetId);
      return isNamed && now !== undefined
        ? { result: undefined, state: { ...now, lookAtMs: nowMs + namedMs } }
        : { result: undefined, remove: true };
    });
  }
}

/** Agents that stand within the document of their tenant, as they did once, get places of their own. */
export async function moveOut(needs: Needs, tenantId: string, tenant: Tenant): Promise<void> {
  if (tenant.within.length === 0) return;
  for (const agent of tenant.within) await keepAgent(needs, tenantId, tenant.agentSetId, agent);
  await needs.tenants.update(tenantId, (now) =>
    now?.agentSetId === tenant.agentSetId
      ? { result: undefined, state: { ...now, within: [] } }
      : { result: undefined },
  );
}
