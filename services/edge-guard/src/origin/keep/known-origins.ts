import type { Policy } from '@vox/contracts';

export type KnownOrigins = Readonly<{
  has: (origin: string) => boolean;
  /** Takes a tenant’s newest policy in the place of its last, or out. */
  follow: (tenantId: string, policy: Policy | undefined) => void;
}>;

/** The origins that living widget keys are bound to, over all tenants: an index of the policies in memory. */
export function knownOrigins(): KnownOrigins {
  const counts = new Map<string, number>();
  const byTenant = new Map<string, readonly string[]>();
  const add = (origin: string, by: number): void => {
    const count = (counts.get(origin) ?? 0) + by;
    if (count > 0) counts.set(origin, count);
    else counts.delete(origin);
  };
  return {
    has: (origin) => counts.has(origin),
    follow(tenantId, policy) {
      for (const origin of byTenant.get(tenantId) ?? []) add(origin, -1);
      const origins = (policy?.keys ?? []).filter(({ revokedAt }) => revokedAt === null).flatMap((key) => key.origins);
      for (const origin of origins) add(origin, 1);
      if (policy === undefined) byTenant.delete(tenantId);
      else byTenant.set(tenantId, origins);
    },
  };
}
