import { type Denial, type Identity, livingKey, type Policy } from '@vox/shared/contracts';

/** Why the policy in force lets nobody in, if so. Quota has seen it before; it may have changed since. */
export function inadmissible(policy: Policy | undefined, identity: Identity, nowMs: number): Denial | undefined {
  if (policy === undefined) return { reason: 'unavailable' };
  if (policy.status !== 'active') return { reason: 'tenant-suspended' };
  if (identity.kind !== 'widget') return undefined;
  return livingKey(policy, identity.widgetKey, nowMs) === undefined ? { reason: 'key-revoked' } : undefined;
}
