import { makeFact, RefusalsDigested } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { WeekTold } from './decide.ts';

/** Publishes the digest of a week. Published again, it is the same fact. */
export async function publishDigest(
  bus: Pick<Bus, 'publish'>,
  { tenantId, week, fromMs, toMs, toldAtMs, total, byCode }: WeekTold,
): Promise<void> {
  const span = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
  const head = { id: `refusals-digested:${tenantId}:${week}`, source: 'auth', at: new Date(toldAtMs) };
  await bus.publish(
    RefusalsDigested,
    makeFact(RefusalsDigested, head, { tenantId, week, ...span, total, byCode: { ...byCode } }),
  );
}
