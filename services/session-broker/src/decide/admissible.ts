import type { Denial, Identity, Policy } from '@vox/shared/contracts';

/** Why the policy in force lets nobody in, if so. Quota has seen it before; it may have changed since. */
export function inadmissible(policy: Policy | undefined, identity: Identity, nowMs: number): Denial | undefined {
  if (policy === undefined) return { reason: 'unavailable' };
  if (policy.status !== 'active') return { reason: 'tenant-suspended' };
  if (identity.kind !== 'widget') return undefined;
  const key = policy.keys.find((each) => each.key === identity.widgetKey);
  const alive =
    key !== undefined && key.revokedAt === null && (key.expiresAt === null || Date.parse(key.expiresAt) > nowMs);
  return alive ? undefined : { reason: 'key-revoked' };
}
