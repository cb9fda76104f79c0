import type { Policy, PolicyKey } from '@vox/shared/contracts';

/** The tenant that a widget key names, or `undefined` when it is no widget key. */
export const tenantOfKey = (widgetKey: string): string | undefined =>
  /^w_([a-z0-9-]{1,40})_[a-z0-9-]{1,32}_[0-9a-f]{16}$/.exec(widgetKey)?.[1];

/** A key that lives. Unknown, revoked and expired look the same. */
export function livingKey(
  policy: Policy | undefined,
  widgetKey: string,
  revoked: boolean,
  nowMs: number,
): PolicyKey | undefined {
  const key = policy?.keys.find((each) => each.key === widgetKey);
  if (key === undefined || revoked || key.revokedAt !== null) return undefined;
  return key.expiresAt === null || Date.parse(key.expiresAt) > nowMs ? key : undefined;
}

/** Exactly as the browser sends it: no part of an origin is a pattern. */
export const mayCallFrom = (key: PolicyKey, origin: string | undefined): boolean =>
  origin !== undefined && key.origins.includes(origin);
