import { leftPending } from '@vox/platform/store';
import { inParallel } from '@vox/platform/time';
import { withCounted } from '../decide/record.ts';
import { reconcileUsage, type UsageDay } from '../decide/usage-day.ts';
import type { Requests } from '../keep/requests.ts';
import type { UsageCounters, UsageDays } from '../keep/usage-days.ts';
import { updateAdmitted } from './update-reservation.ts';

export type SweepUsageDependencies = Readonly<{
  usageCounters: Pick<UsageCounters, 'due' | 'reconcile'>;
  usageDays: Pick<UsageDays, 'update'>;
  requests: Pick<Requests, 'read' | 'update'>;
}>;

const batch = 100;

/** Goes on with what a crash left half counted, and removes usage that is too old. */
export async function sweepUsage(dependencies: SweepUsageDependencies, at: Date): Promise<void> {
  const { usageCounters, usageDays } = dependencies;
  await inParallel(await usageCounters.due(at.getTime(), batch), async ({ key, state }) => {
    for (const sessionId of leftPending(state, at.getTime())) await finish(dependencies, key, sessionId, state);
    await usageDays.update(key, (known) =>
      known !== undefined && isOld(known, at) ? { result: undefined, remove: true } : { result: undefined },
    );
  });
}

const isOld = ({ pending, keptUntilMs }: UsageDay, at: Date): boolean =>
  Object.keys(pending).length === 0 && keptUntilMs <= at.getTime();

/** The record takes over what is pending for it. It is read after the usage that then forgets it. */
async function finish(
  { usageCounters, requests }: SweepUsageDependencies,
  key: string,
  sessionId: string,
  { pending: { [sessionId]: left } }: UsageDay,
): Promise<void> {
  if (left === undefined) return;
  await updateAdmitted(requests, sessionId, (record) => withCounted(record, left.upTo));
  await usageCounters.reconcile(key, async (usage) => {
    const record = usage.pending[sessionId] && (await requests.read(sessionId));
    return reconcileUsage(usage, sessionId, record?.kind === 'admitted' ? record : undefined);
  });
}
