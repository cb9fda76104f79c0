import { setImmediate as turn } from 'node:timers/promises';
import type { Acting, Agent, ProviderProfile, PutTenant, SentDraft, TenantDraft } from '@vox/contracts';
import { Fault, invalidField } from '@vox/platform/fault';
import type { z } from 'zod';
import {
  type FindSentAgentsDependencies,
  findSentAgents,
  type KeepAgentDependencies,
  keepAgent,
} from '../../agents/mod.ts';
import { type NamesSetDependencies, someVersionNames } from '../../policy-versions/mod.ts';
import { mistakesIn, type PutTerms, putDraft } from '../decide/put.ts';
import type { Tenant } from '../decide/tenant.ts';
import { noFindings, type ToolFindings, warningsOf, withToolsOf } from '../decide/tools.ts';
import { type ChangeTenantDependencies, otherVersion, stampOf } from './change-tenant.ts';
import { publishOutbox } from './publish-outbox.ts';

export type PutTenantDependencies = ChangeTenantDependencies &
  KeepAgentDependencies &
  FindSentAgentsDependencies &
  NamesSetDependencies &
  Readonly<{
    /** The providers of the installation, and what they can do. */
    providers: readonly ProviderProfile[];
    /** The names of the secrets that a tenant has. */
    secretNamesOf: (tenantId: string) => Promise<ReadonlySet<string>>;
  }>;

/** A draft that holds its agents, or one that names agents which were sent before under a set. */
export type GivenDraft =
  | Readonly<{ kind: 'whole'; draft: TenantDraft }>
  | Readonly<{ kind: 'sent'; draft: z.infer<typeof SentDraft>; agentSetId: string }>;

type Decided = Readonly<{ tenant: ReturnType<typeof putDraft>; created: boolean }>;

/**
 * Creates a tenant, or gives it a new version of its policy. Throws Fault VERSION_MISMATCH where it is bound to a
 * version that the tenant does not have.
 */
export async function putTenant(
  dependencies: PutTenantDependencies,
  given: GivenDraft,
  by: Acting,
  terms: PutTerms = {},
): Promise<z.input<(typeof PutTenant)['reply']>> {
  const { tenantId } = given.draft;
  const { draft, agentSetId } = await withAgents(dependencies, given);
  const warnings = await refuseMistakes(dependencies, draft);
  await refuseInVain(dependencies, given, terms);
  if (given.kind === 'whole')
    for (const agent of draft.agents) await keepAgent(dependencies, tenantId, agentSetId, agent);
  const stamp = stampOf(dependencies, by);
  const { tenant, created } = await dependencies.tenants.update<Decided>(tenantId, (known) => {
    const tenant = putDraft(known, draft, agentSetId, stamp, terms);
    const result = { tenant, created: known === undefined };
    return typeof tenant === 'string' ? { result } : { result, state: tenant };
  });
  if (tenant === 'former set') throw usedBefore();
  if (tenant === 'other version') throw otherVersion();
  if (tenant === 'taken') throw taken();
  await publishOutbox(dependencies, tenantId, tenant);
  return { tenantId, version: tenant.version, created, ...(warnings.length > 0 && { warnings: [...warnings] }) };
}

/** What is doubtful in a draft. Throws Fault INVALID_REQUEST with every mistake in it. */
export async function refuseMistakes(
  { defaults, providers, secretNamesOf }: Pick<PutTenantDependencies, 'defaults' | 'providers' | 'secretNamesOf'>,
  draft: TenantDraft,
): Promise<ToolFindings['warnings']> {
  const tools = await findingsOf(draft.agents);
  const issues = [...mistakesIn(draft, defaults.ceiling, providers), ...tools.mistakes];
  if (issues.length > 0) throw new Fault('INVALID_REQUEST', { issues });
  return warningsOf(tools, tools.secrets.length === 0 ? new Set() : await secretNamesOf(draft.tenantId));
}

/** Fifty agents with 32 tools each take a time in which others must be answered too. */
async function findingsOf(agents: readonly Agent[]): Promise<ToolFindings> {
  let found = noFindings;
  for (const [at, agent] of agents.entries()) {
    found = withToolsOf(found, agent, at);
    await turn();
  }
  return found;
}

/** The draft with its agents, and the set that they are or will be kept under. */
export async function withAgents(
  dependencies: FindSentAgentsDependencies & Pick<PutTenantDependencies, 'uuid'>,
  given: GivenDraft,
): Promise<Readonly<{ draft: TenantDraft; agentSetId: string }>> {
  if (given.kind === 'whole') return { draft: given.draft, agentSetId: dependencies.uuid() };
  const { draft, agentSetId } = given;
  const agentIds = draft.agents.map(({ agentId }) => agentId);
  const agents = await findSentAgents(dependencies, draft.tenantId, { agentSetId, agentIds });
  return { draft: { ...draft, agents }, agentSetId };
}

/** Refuses what the decision would refuse too, before agents are kept for it. */
async function refuseInVain(
  dependencies: NamesSetDependencies & Pick<PutTenantDependencies, 'tenants'>,
  given: GivenDraft,
  { ifVersion, isNew }: PutTerms,
): Promise<void> {
  const { tenantId } = given.draft;
  if (given.kind === 'whole' && ifVersion === undefined && !isNew) return;
  const known: Tenant | undefined = await dependencies.tenants.read(tenantId);
  if (isNew && known !== undefined) throw taken();
  if (ifVersion !== undefined && known?.version !== ifVersion) throw otherVersion();
  if (given.kind === 'whole' || known?.agentSetId === given.agentSetId) return;
  if (await someVersionNames(dependencies, tenantId, given.agentSetId)) throw usedBefore();
}

const taken = (): Fault => invalidField('tenantId', 'is the id of another tenant');
export const usedBefore = (): Fault =>
  invalidField('agentSetId', 'was used by an earlier version of the policy; begin a new set');
