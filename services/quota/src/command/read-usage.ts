import { identityKinds, type UsageAnswered, type UsageAsked } from '@vox/contracts';
import { noTenant } from '@vox/platform/fault';
import { inParallel } from '@vox/platform/time';
import { type KeptUsage, usageReport } from '../decide/usage-report.ts';
import type { Policies } from '../keep/policies.ts';
import { type UsageDays, usageKey } from '../keep/usage-days.ts';

export type ReadUsageDependencies = Readonly<{ usageDays: Pick<UsageDays, 'read'>; policies: Policies }>;

const dayMs = 86_400_000;

/** What a tenant's settled calls have used in a range of days. Throws Fault NOT_FOUND for an unknown tenant. */
export async function readUsage(
  { usageDays, policies }: ReadUsageDependencies,
  asked: UsageAsked,
): Promise<UsageAnswered> {
  const { tenantId, from, to, kind: only } = asked;
  if (policies.get(tenantId) === undefined) throw noTenant(tenantId);
  const days: string[] = [];
  for (let atMs = Date.parse(from); atMs <= Date.parse(to); atMs += dayMs)
    days.push(new Date(atMs).toISOString().slice(0, 10));
  const kinds = identityKinds.filter((kind) => only === undefined || kind === only);
  const kept: KeptUsage[] = [];
  await inParallel(
    kinds.flatMap((kind) => days.map((day) => ({ kind, day }))),
    async ({ kind, day }) => {
      const usage = await usageDays.read(usageKey(tenantId, kind, day));
      if (usage !== undefined) kept.push({ kind, day, places: usage.places });
    },
  );
  return usageReport(kept, asked);
}
