import { activeTraceparent } from '@vox/shared/bus';
import type {
  Acting,
  CreateWidgetKey,
  Policy,
  PutTenant,
  RevokeWidgetKey,
  RotateWidgetKey,
  SetKillSwitch,
  SetTenantStatus,
} from '@vox/shared/contracts';
import { TenantDraft } from '@vox/shared/contracts';
import { Fault, issuesOf, noTenant } from '@vox/shared/fault';
import type { z } from 'zod';
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
import { tell } from '../publish/tell.ts';
import type { Needs } from './needs.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;

const stamp = (needs: Needs, { actor, reason, requestId }: Acting): Omit<Told, 'what'> => ({
  id: needs.uuid(),
  by: { actor, reason, requestId },
  traceparent: activeTraceparent(),
  atMs: needs.clock.now().getTime(),
});

/** Tells what a tenant's changes left untold, then marks it told. A crash between is mended by the sweep. */
export async function tellAll(needs: Needs, tenantId: string, tenant: Tenant): Promise<void> {
  if (tenant.untold.length === 0) return;
  await tell(needs.bus, policyOf(tenant, needs.defaults), tenant.untold, () => showPolicy(needs, tenantId));
  const told = new Set(tenant.untold.map(({ id }) => id));
  await needs.tenants.change(tenantId, (known) =>
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
  const tenant = await needs.tenants.change<Tenant | 'no tenant' | undefined>(tenantId, (known) => {
    if (known === undefined) return { result: 'no tenant' };
    const state = decide(known);
    return state === undefined || state === known ? { result: state } : { result: state, state };
  });
  if (tenant === 'no tenant') throw noTenant(tenantId);
  if (tenant === undefined) throw new Fault('NOT_FOUND');
  await tellAll(needs, tenantId, tenant);
  return tenant;
}

export const answerPut =
  (needs: Needs) =>
  async ({ draft, ...by }: Asked<typeof PutTenant>): Promise<z.input<(typeof PutTenant)['reply']>> => {
    const read = TenantDraft.safeParse(draft);
    if (!read.success) throw new Fault('INVALID_REQUEST', { issues: issuesOf(read.error) });
    const mistakes = mistakesIn(read.data, needs.defaults.ceiling);
    if (mistakes.length > 0) throw new Fault('INVALID_REQUEST', { issues: mistakes });
    const { tenantId } = read.data;
    const told = stamp(needs, by);
    const { tenant, created } = await needs.tenants.change(tenantId, (known) => {
      const state = put(known, read.data, told);
      return { result: { tenant: state, created: known === undefined }, state };
    });
    await tellAll(needs, tenantId, tenant);
    return { tenantId, version: tenant.version, created };
  };

export async function showPolicy(needs: Needs, tenantId: string): Promise<Policy> {
  const tenant = await needs.tenants.read(tenantId);
  if (tenant === undefined) throw noTenant(tenantId);
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
