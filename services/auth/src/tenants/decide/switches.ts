import type { Policy } from '@vox/contracts';
import type { TenantDecision } from './change.ts';
import type { Tenant } from './tenant.ts';

export function setStatus(tenant: Tenant, status: Policy['status'], ifVersion?: number): TenantDecision {
  if (ifVersion !== undefined && tenant.version !== ifVersion) return { kind: 'other version' };
  return tenant.status === status
    ? { kind: 'unchanged' }
    : { kind: 'change', over: { status }, event: { kind: status === 'suspended' ? 'suspended' : 'resumed' } };
}

/** Turns the kill switch of a tenant, or of one of its keys. */
export function setKillSwitch(
  { halted, keys }: Pick<Tenant, 'halted' | 'keys'>,
  { widgetKey, engaged }: Readonly<{ widgetKey?: string | undefined; engaged: boolean }>,
): TenantDecision {
  const key = keys.find((each) => each.key === widgetKey);
  if (widgetKey !== undefined && key === undefined) return { kind: 'no key' };
  if ((key === undefined ? halted : key.halted) === engaged) return { kind: 'unchanged' };
  const over =
    key === undefined
      ? { halted: engaged }
      : { keys: keys.map((each) => (each === key ? { ...key, halted: engaged } : each)) };
  return { kind: 'change', over, event: { kind: engaged ? 'engaged' : 'released', widgetKey } };
}
