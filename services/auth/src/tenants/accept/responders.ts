import {
  AgentTool,
  CreateTenant,
  LintTools,
  ListTenants,
  OverrideLimit,
  PutTenant,
  ResolveDraft,
  RollBackPolicy,
  SentDraft,
  SetKillSwitch,
  SetTenantStatus,
  ShowTenant,
  TenantDraft,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { Fault, issuesOf } from '@vox/platform/fault';
import { z } from 'zod';
import { type ListTenantsDependencies, listTenants } from '../command/list-tenants.ts';
import { overrideLimit } from '../command/override-limit.ts';
import { type GivenDraft, putTenant } from '../command/put-tenant.ts';
import { resolveDraft, resolveVersion } from '../command/resolve-draft.ts';
import { type RollBackPolicyDependencies, rollBackPolicy } from '../command/roll-back-policy.ts';
import { setTenantStatus } from '../command/set-tenant-status.ts';
import { type ShowTenantDependencies, showTenant } from '../command/show-tenant.ts';
import { turnKillSwitch } from '../command/turn-kill-switch.ts';
import { lintedTools } from '../decide/tools.ts';
import { auditedRefusals, type RefusalDependencies } from './refusals.ts';

export type TenantResponderDependencies = RollBackPolicyDependencies &
  ListTenantsDependencies &
  ShowTenantDependencies &
  RefusalDependencies &
  Readonly<{ bus: Pick<Bus, 'answer'> }>;

export async function tenantResponders(dependencies: TenantResponderDependencies): Promise<Consumption[]> {
  const { bus } = dependencies;
  const audited = auditedRefusals(dependencies);
  return [
    await bus.answer(
      PutTenant,
      audited('tenant.put', async ({ draft, agentSetId, ifVersion, ...by }) =>
        putTenant(dependencies, givenDraft(draft, agentSetId), by, { ifVersion }),
      ),
    ),
    await bus.answer(
      CreateTenant,
      audited('tenant.put', ({ draft, ...by }) =>
        putTenant(dependencies, givenDraft(draft, undefined), by, { isNew: true }),
      ),
    ),
    await bus.answer(ShowTenant, async ({ tenantId }) => showTenant(dependencies, tenantId)),
    await bus.answer(ResolveDraft, async ({ wanted }) =>
      wanted.kind === 'version'
        ? resolveVersion(dependencies, wanted)
        : resolveDraft(dependencies, givenDraft(wanted.draft, wanted.agentSetId)),
    ),
    await bus.answer(
      RollBackPolicy,
      audited('policy.roll-back', (request) => rollBackPolicy(dependencies, request)),
    ),
    await bus.answer(LintTools, async ({ tools }) => ({ findings: lintedTools(parsed(SentTools, { tools }).tools) })),
    await bus.answer(ListTenants, listTenants(dependencies)),
    await bus.answer(
      SetTenantStatus,
      audited(
        ({ status }) => (status === 'active' ? 'tenant.resume' : 'tenant.suspend'),
        async (request) => ({ version: await setTenantStatus(dependencies, request) }),
      ),
    ),
    await bus.answer(
      OverrideLimit,
      audited('limit.override', (request) => overrideLimit(dependencies, request)),
    ),
    await bus.answer(
      SetKillSwitch,
      audited(
        ({ engaged }) => (engaged ? 'kill-switch.engage' : 'kill-switch.release'),
        async (request) => ({ version: await turnKillSwitch(dependencies, request) }),
      ),
    ),
  ];
}

/** Tools as the list of an agent holds them, so that every mistake in them is named by its place in the question. */
const SentTools = z.object({ tools: z.array(AgentTool) });

const givenDraft = (draft: unknown, agentSetId: string | undefined): GivenDraft =>
  agentSetId === undefined
    ? { kind: 'whole', draft: parsed(TenantDraft, draft) }
    : { kind: 'sent', draft: parsed(SentDraft, draft), agentSetId };

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const read = schema.safeParse(value);
  if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
  return read.data;
}
