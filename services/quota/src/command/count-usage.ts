import { type Fact, ReportDoubted, SessionUsage, type UsageMetered, type UsageReported } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Clock } from '@vox/platform/time';
import { exceeding } from '../decide/amount.ts';
import { type Bounds, shareOf } from '../decide/believable.ts';
import { capsUnder } from '../decide/caps.ts';
import type { Admitted } from '../decide/record.ts';
import { allowedBy, reconsidered, withConnected, withReport } from '../decide/recorded-usage.ts';
import { type Cause, doubtedFact } from '../publish/facts.ts';
import { type CoverDependencies, coverUsage } from './cover-usage.ts';
import { endCall } from './end-call.ts';
import { type ShowDependencies, shownUsage } from './show-usage.ts';
import { updateAdmitted } from './update-reservation.ts';

export type CountDependencies = CoverDependencies & Readonly<{ bounds: Bounds; clock: Clock }>;
export type ReportDependencies = CountDependencies &
  ShowDependencies &
  Readonly<{ bus: Pick<Bus, 'publish' | 'reply'> }>;

/**
 * Counts a browser's report in the record, then lets the budget keep up. A repeat counts nothing and does what a crash
 * left undone. Whoever waits gets what the session has used and may still use.
 */
export async function countReport(
  dependencies: ReportDependencies,
  report: Fact<typeof UsageReported>,
  replyTo: string | undefined,
): Promise<void> {
  const { bounds, bus, clock } = dependencies;
  const { sessionId, tenantId, responseId, usage } = report.data;
  const cause = { sessionId, at: clock.now(), traceparent: report.traceparent };
  const counted = await updateOfTenant(dependencies, tenantId, sessionId, (record) =>
    withReport(record, responseId, usage, allowedBy(record, bounds, clock.now().getTime())),
  );
  const covered = counted && (await coverUsage(dependencies, counted, cause));
  if (counted !== undefined) await endIfTooMuch(dependencies, counted, cause);
  if (replyTo !== undefined) await bus.reply(replyTo, SessionUsage, await shownUsage(dependencies, sessionId, covered));
}

/** Counts how long the broker says that a call was connected, then lets the budget keep up. */
export async function countMetered(dependencies: CountDependencies, metered: Fact<typeof UsageMetered>): Promise<void> {
  const { bounds, clock } = dependencies;
  const { sessionId, tenantId, connectedSeconds } = metered.data;
  const counted = await updateOfTenant(dependencies, tenantId, sessionId, (record) => {
    const after = withConnected(record, connectedSeconds);
    return reconsidered(after, allowedBy(after, bounds, clock.now().getTime()));
  });
  const cause = { sessionId, at: clock.now(), traceparent: metered.traceparent };
  if (counted !== undefined) await coverUsage(dependencies, counted, cause);
}

/** To another tenant a session does not exist. */
async function updateOfTenant(
  { requests }: Pick<CountDependencies, 'requests'>,
  tenantId: string,
  sessionId: string,
  change: (record: Admitted) => Admitted,
): Promise<Admitted | undefined> {
  const record = await updateAdmitted(requests, sessionId, (known) =>
    known.tenantId === tenantId ? change(known) : known,
  );
  return record?.tenantId === tenantId ? record : undefined;
}

/** Publishes what was not believed, and that a call must end which takes too much of the day: each under one id. */
async function endIfTooMuch(dependencies: CountDependencies, record: Admitted, cause: Cause): Promise<void> {
  const { bounds, bus, policies } = dependencies;
  const { doubted, reservation, reported, reserved } = record;
  if (doubted !== undefined) await bus.publish(ReportDoubted, doubtedFact(record, doubted, cause));
  if (reservation.settlement !== undefined) return;
  const { day } = capsUnder(policies.get(record.tenantId), record.identity.kind, cause.at.getTime());
  const measure = exceeding(reported, shareOf(reserved, day, bounds));
  if (measure !== undefined) await endCall(dependencies, record, { period: 'day', measure }, cause);
}
