import { QuotaExceeded } from '@vox/contracts';
import type { Shortfall } from '../decide/budget.ts';
import { calendarOf, resetsAtOf } from '../decide/calendar.ts';
import type { Admitted } from '../decide/record.ts';
import type { Policies } from '../keep/policies.ts';
import { type Cause, exceededFact } from '../publish/facts.ts';
import type { Publisher } from '../publish/publish-settlement.ts';

export type EndDependencies = Readonly<{ bus: Publisher; policies: Policies }>;

/** Publishes that a call must end, under one id however often. */
export async function endCall(
  { bus, policies }: EndDependencies,
  record: Admitted,
  shortfall: Shortfall,
  cause: Cause,
): Promise<void> {
  const zone = policies.get(record.tenantId)?.timeZone ?? 'UTC';
  const resetsAt = resetsAtOf(calendarOf(zone, cause.at.getTime()), shortfall.period);
  await bus.publish(QuotaExceeded, exceededFact(record, shortfall, resetsAt, cause));
}
