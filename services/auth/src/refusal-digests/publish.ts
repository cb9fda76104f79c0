import { makeFact, RefusalsDigested } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { type Digest, digestDueAtMs, spanOf, totalOf } from './decide.ts';

/** Publishes the digest of a week. Published again, it is the same fact. */
export async function publishDigest(bus: Pick<Bus, 'publish'>, { tenantId, week, byCode }: Digest): Promise<void> {
  const { fromMs, toMs } = spanOf(week);
  const at = new Date(digestDueAtMs({ tenantId, week, byCode, state: 'summed' }));
  const data = {
    ...{ tenantId, week, byCode: { ...byCode }, total: totalOf(byCode) },
    ...{ from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() },
  };
  const head = { id: `refusals-digested:${tenantId}:${week}`, source: 'auth', at };
  await bus.publish(RefusalsDigested, makeFact(RefusalsDigested, head, data));
}
