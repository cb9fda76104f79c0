import { type Fact, ReportDoubted, SessionUsage, type UsageMetered, type UsageReported } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { showUsageOnSpan } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { exceeding } from '../decide/amount.ts';
import { type Bounds, shareOf } from '../decide/believable.ts';
import { capsUnder } from '../decide/caps.ts';
import { type PriceList, transcriptionPriceOf } from '../decide/price.ts';
import { type Admitted, isBrokered } from '../decide/record.ts';
import { allowedBy, reconsidered, spentBy, withConnected, withCount, withReport } from '../decide/recorded-usage.ts';
import { type Cause, doubtedFact } from '../publish/facts.ts';
import { type CoverDependencies, type CoveredUsage, coverUsage } from './cover-usage.ts';
import { endCall } from './end-call.ts';
import { type ShowDependencies, shownUsage } from './show-usage.ts';
import { updateAdmitted } from './update-reservation.ts';

export type CountDependencies = CoverDependencies & Readonly<{ bounds: Bounds; clock: Clock }>;
export type ReportDependencies = CountDependencies &
  ShowDependencies &
  Readonly<{ bus: Pick<Bus, 'publish' | 'reply'> }>;
export type MeterDependencies = CountDependencies & Readonly<{ prices: readonly PriceList[] }>;

/**
 * Counts a browser's report in the record, then lets the budget keep up. A repeat counts nothing and does what a crash
 * left undone. Of a brokered call it counts nothing. Whoever waits gets what the session has used and may still use.
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
  if (counted !== undefined) showUsageOnSpan(counted.model, usage);
  const covered = counted && (await keptUpWith(dependencies, counted, cause));
  if (replyTo !== undefined) await bus.reply(replyTo, SessionUsage, await shownUsage(dependencies, sessionId, covered));
}

/** The budget of a brokered call keeps up with its meter alone. */
async function keptUpWith(
  dependencies: CountDependencies,
  record: Admitted,
  cause: Cause,
): Promise<CoveredUsage | undefined> {
  if (isBrokered(record)) return { record };
  await endIfTooMuch(dependencies, record, cause);
  return coverUsage(dependencies, record, cause);
}

/**
 * Counts how long the broker says that a call was connected, and what the provider counted of a brokered one, then lets
 * the budget keep up. A repeat counts nothing and does what a crash left undone.
 */
export async function countMetered(dependencies: MeterDependencies, metered: Fact<typeof UsageMetered>): Promise<void> {
  const { bounds, clock, prices } = dependencies;
  const { sessionId, tenantId, connectedSeconds, counted } = metered.data;
  const after = await updateOfTenant(dependencies, tenantId, sessionId, (record) => {
    const priceOf = (model: string) => transcriptionPriceOf(prices, model, record.decidedAtMs);
    const connected = withConnected(record, connectedSeconds);
    const known = counted === undefined ? connected : withCount(connected, counted, priceOf);
    return reconsidered(known, allowedBy(known, bounds, clock.now().getTime()));
  });
  if (after === undefined) return;
  if (counted !== undefined && counted.kind !== 'seconds')
    showUsageOnSpan(counted.kind === 'transcription' ? counted.model : after.model, counted.usage);
  const cause = { sessionId, at: clock.now(), traceparent: metered.traceparent };
  if (isBrokered(after)) await endIfTooMuch(dependencies, after, cause);
  await coverUsage(dependencies, after, cause);
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

/**
 * Publishes what was not believed, and that a call must end which takes too much of the day: each under one id. The
 * record alone says both, so that such a call does not go on while many wait for the budget.
 */
async function endIfTooMuch(dependencies: CountDependencies, record: Admitted, cause: Cause): Promise<void> {
  const { bounds, bus, policies } = dependencies;
  const { doubted, reservation, reserved } = record;
  if (doubted !== undefined) await bus.publish(ReportDoubted, doubtedFact(record, doubted, cause));
  if (reservation.settlement !== undefined) return;
  const { day } = capsUnder(policies.get(record.tenantId), record.identity.kind, cause.at.getTime());
  const measure = exceeding(spentBy(record), shareOf(reserved, day, bounds));
  if (measure !== undefined) await endCall(dependencies, record, { period: 'day', measure }, cause);
}
