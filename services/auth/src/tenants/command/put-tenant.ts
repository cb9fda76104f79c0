import type {
  Acting,
  CreateWidgetKey,
  Policy,
  PutTenant,
  RevokeWidgetKey,
  RotateWidgetKey,
  SetKillSwitch,
  SetTenantStatus,
} from '@vox/contracts';
import { SentDraft, TenantDraft } from '@vox/contracts';
import { activeTraceparent } from '@vox/platform/bus';
import { Fault, issuesOf, noTenant } from '@vox/platform/fault';
import type { z } from 'zod';
import { dropAgents, keepAgent, sentAgents, showAgents } from '../../agents/command/keep-agent.ts';
import type { Needs } from '../../dependencies.ts';
import {
  addKey,
  mistakesIn,
  policyOf,
  put,
  revokeKey,
  rotateKey,
  setKillSwitch,
  setStatus,
  type Tenant,
  type Told,
} from '../decide/tenant.ts';
import { tell } from '../publish.ts';
import { keptTenant } from './read-tenant.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;

const stamp = (needs: Needs, { actor, reason, requestId }: Acting): Omit<Told, 'what'> => ({
  id: needs.uuid(),
  by: { actor, reason, requestId },
  traceparent: activeTraceparent(),
  atMs: needs.clock.now().getTime(),
});
const noKey = (): Fault =>
  new Fault('NOT_FOUND', { issues: [{ path: 'widgetKey', message: 'is no key of this tenant that works' }] });

/** Tells what a tenant's changes left untold, then marks it told. A crash between is mended by the sweep. */
export async function tellAll(needs: Needs, tenantId: string, tenant: Tenant): Promise<void> {
  if (tenant.untold.length === 0) return;
  await tell(needs.bus, policyOf(tenant, needs.defaults), tenant.untold, () => showWhole(needs, tenantId));
  for (const { what } of tenant.untold)
    if (what.kind === 'policy' && what.drops !== undefined) await dropAgents(needs, tenantId, what.drops);
  const told = new Set(tenant.untold.map(({ id }) => id));
  await needs.tenants.update(tenantId, (known) =>
    known === undefined
      ? { result: undefined }
      : { result: undefined, state: { ...known, untold: known.untold.filter(({ id }) => !told.has(id)) } },
  );
}

async function changed(
  needs: Needs,
  tenantId: string,
  decide: (tenant: Tenant) => Tenant | undefined,
): Promise<Tenant> {
  const tenant = await needs.tenants.update<Tenant | 'no tenant' | undefined>(tenantId, (known) => {
    if (known === undefined) return { result: 'no tenant' };
    const state = decide(known);
    return state === undefined || state === known ? { result: state } : { result: state, state };
  });
  if (tenant === 'no tenant') throw noTenant(tenantId);
  if (tenant === undefined) throw noKey();
  await tellAll(needs, tenantId, tenant);
  return tenant;
}

/** The draft with its agents, and the set that they are kept under. */
async function written(needs: Needs, draft: unknown, agentSetId: string | undefined): Promise<Written> {
  if (agentSetId === undefined) return { draft: parsed(TenantDraft, draft), agentSetId: needs.uuid(), isKept: false };
  const sent = parsed(SentDraft, draft);
  const agentIds = sent.agents.map(({ agentId }) => agentId);
  const agents = await sentAgents(needs, sent.tenantId, { agentSetId, agentIds });
  return { draft: { ...sent, agents }, agentSetId, isKept: true };
}
type Written = Readonly<{ draft: TenantDraft; agentSetId: string; isKept: boolean }>;

function parsed<S extends z.ZodType>(schema: S, value: unknown): z.infer<S> {
  const read = schema.safeParse(value);
  if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
  return read.data;
}

export const answerPut =
  (needs: Needs) =>
  async ({ draft: given, agentSetId: sentSetId, ...by }: Asked<typeof PutTenant>): Promise<Put> => {
    const { draft, agentSetId, isKept } = await written(needs, given, sentSetId);
    const mistakes = mistakesIn(draft, needs.defaults.ceiling);
    if (mistakes.length > 0) throw new Fault('INVALID_REQUEST', { issues: mistakes });
    const { tenantId } = draft;
    if (!isKept) for (const agent of draft.agents) await keepAgent(needs, tenantId, agentSetId, agent);
    const told = stamp(needs, by);
    const { tenant, created } = await needs.tenants.update(tenantId, (known) => {
      if (known?.formerAgents?.agentSetId === agentSetId) throw usedBefore();
      const state = put(known, draft, agentSetId, told);
      return { result: { tenant: state, created: known === undefined }, state };
    });
    await tellAll(needs, tenantId, tenant);
    return { tenantId, version: tenant.version, created };
  };
type Put = z.input<(typeof PutTenant)['reply']>;

const usedBefore = (): Fault =>
  new Fault('INVALID_REQUEST', {
    issues: [{ path: 'agentSetId', message: 'was used by the policy before; begin a new set' }],
  });

export async function showPolicy(needs: Needs, tenantId: string): Promise<Policy> {
  const tenant = await keptTenant(needs, tenantId);
  return policyOf(tenant, needs.defaults);
}

/** The newest policy, once the agents that it names are where the broker reads them. */
export async function showWhole(needs: Needs, tenantId: string): Promise<Policy> {
  const tenant = await keptTenant(needs, tenantId);
  await showAgents(needs, tenant);
  return policyOf(tenant, needs.defaults);
}

export const answerStatus =
  (needs: Needs) =>
  async ({ tenantId, status, ...by }: Asked<typeof SetTenantStatus>) => {
    const told = stamp(needs, by);
    const { version } = await changed(needs, tenantId, (tenant) => setStatus(tenant, status, told));
    return { version };
  };

export const answerKillSwitch =
  (needs: Needs) =>
  async ({ tenantId, widgetKey, engaged, ...by }: Asked<typeof SetKillSwitch>) => {
    const told = stamp(needs, by);
    const { version } = await changed(needs, tenantId, (tenant) => setKillSwitch(tenant, { widgetKey, engaged }, told));
    return { version };
  };

const keyBytes = 8;
const newKey = (needs: Needs, tenantId: string, label: string): string =>
  `w_${tenantId}_${label}_${Buffer.from(needs.random(keyBytes)).toString('hex')}`;

export const answerCreateKey =
  (needs: Needs) =>
  async ({ tenantId, label, origins, agentIds, ...by }: Asked<typeof CreateWidgetKey>) => {
    const widgetKey = newKey(needs, tenantId, label);
    const told = stamp(needs, by);
    const unspent = { revokedAt: null, expiresAt: null, halted: false };
    const key = { key: widgetKey, label, origins, agentIds: agentIds ?? null, ...unspent };
    await changed(needs, tenantId, (tenant) => {
      const known = new Set(tenant.draft.agents.map(({ agentId }) => agentId));
      const unknown = agentIds?.findIndex((agentId) => !known.has(agentId)) ?? -1;
      if (unknown >= 0)
        throw new Fault('INVALID_REQUEST', {
          issues: [{ path: `agentIds.${unknown}`, message: 'is no agent of this tenant' }],
        });
      return addKey(tenant, key, told);
    });
    return { widgetKey };
  };

export const answerRotateKey =
  (needs: Needs) =>
  async ({ tenantId, widgetKey, graceSeconds, ...by }: Asked<typeof RotateWidgetKey>) => {
    const told = stamp(needs, by);
    const label = widgetKey.split('_')[2] ?? '';
    const successor = newKey(needs, tenantId, label);
    const graceEndsAt = new Date(told.atMs + graceSeconds * 1_000).toISOString();
    const tenant = await changed(needs, tenantId, (known) => rotateKey(known, widgetKey, successor, graceEndsAt, told));
    return {
      widgetKey: successor,
      graceEndsAt: tenant.keys.find(({ key }) => key === widgetKey)?.expiresAt ?? graceEndsAt,
    };
  };

export const answerRevokeKey =
  (needs: Needs) =>
  async ({ tenantId, widgetKey, ...by }: Asked<typeof RevokeWidgetKey>) => {
    const told = stamp(needs, by);
    const tenant = await changed(needs, tenantId, (known) => revokeKey(known, widgetKey, told));
    return {
      revokedAt: tenant.keys.find(({ key }) => key === widgetKey)?.revokedAt ?? new Date(told.atMs).toISOString(),
    };
  };
