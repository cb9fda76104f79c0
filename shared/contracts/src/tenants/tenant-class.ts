import type { Policy } from './policy.ts';

/** What metrics tell of a tenant: its size, never its name. */
export const tenantClasses = ['none', 'small', 'medium', 'large'] as const;
export type TenantClass = (typeof tenantClasses)[number];

const smallMax = 10;
const mediumMax = 100;

/** The class of a tenant by the open calls it may have; `none` where nobody knows whose request it is. */
export function tenantClassOf(policy: Pick<Policy, 'limits'> | undefined): TenantClass {
  if (policy === undefined) return 'none';
  const { openSessions } = policy.limits.widget;
  if (openSessions <= smallMax) return 'small';
  return openSessions <= mediumMax ? 'medium' : 'large';
}
