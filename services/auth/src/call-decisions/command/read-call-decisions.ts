import type { ReadCallDecisions } from '@vox/contracts';
import { everyTagged } from '@vox/platform/store';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { type CallDay, daysUpTo, decisionsByDay, utcDaysOf } from '../decide.ts';
import { type CallDays, callDayTag } from '../keep.ts';

export type ReadCallDecisionsDependencies = Readonly<{
  callDays: Pick<CallDays, 'tagged'>;
  clock: Pick<Clock, 'now'>;
  /** The zone of a tenant’s day. Throws Fault NOT_FOUND where there is no such tenant. */
  timeZoneOf: (tenantId: string) => Promise<string>;
}>;

/** How many calls of a tenant were granted and refused, by the tenant’s own days. */
export async function readCallDecisions(
  { callDays, clock, timeZoneOf }: ReadCallDecisionsDependencies,
  { tenantId, days: span }: z.infer<(typeof ReadCallDecisions)['request']>,
): Promise<z.input<(typeof ReadCallDecisions)['reply']>> {
  const timeZone = await timeZoneOf(tenantId);
  const days = daysUpTo(timeZone, clock.now().getTime(), span);
  const found: CallDay[] = [];
  for (const day of utcDaysOf(days))
    for await (const { state } of everyTagged(callDays, callDayTag({ tenantId, day }))) found.push(state);
  return { timeZone, days: decisionsByDay(found, timeZone, days) };
}
