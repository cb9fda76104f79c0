import { closedBy, type Denial, type Identity, livingKey, type Policy } from '@vox/contracts';

/** Why the policy in force lets nobody in, if so. Quota has seen it before; it may have changed since. */
export function inadmissible(policy: Policy | undefined, identity: Identity, nowMs: number): Denial | undefined {
  if (policy === undefined) return { reason: 'unavailable' };
  const key = identity.kind === 'widget' ? livingKey(policy, identity.widgetKey, nowMs) : undefined;
  if (closedBy(policy, key) !== undefined) return { reason: 'tenant-suspended' };
  return identity.kind === 'widget' && key === undefined ? { reason: 'key-revoked' } : undefined;
}
