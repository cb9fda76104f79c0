import { type Fact, ReportDoubted, SessionUsage, type UsageMetered, type UsageReported } from '@vox/contracts';
import type { Delivery, Outcome } from '@vox/platform/bus';
import { exceeding } from '../decide/amount.ts';
import { shareOf } from '../decide/believable.ts';
import { type Admitted, reconsidered, withConnected, withReport } from '../decide/record.ts';
import { type Cause, doubtedFact } from '../publish/facts.ts';
import { allowedTo } from '../decide/allowed.ts';
import { capsFor } from '../decide/caps.ts';
import { keepUp, tellExceeded } from './cover-usage.ts';
import type { Needs } from '../dependencies.ts';
import { usageOf } from './show-usage.ts';

export const onUsageReported =
  (needs: Needs) =>
  async (report: Fact<typeof UsageReported>, { replyTo }: Delivery): Promise<Outcome> => {
    const { tenantId, sessionId, responseId, usage } = report.data;
    const record = await count(needs, report, (known) => withReport(known, responseId, usage, allowedTo(needs, known)));
    if (record !== undefined) await tellEnd(needs, record, causeOf(needs, report));
    if (replyTo !== undefined) await needs.bus.reply(replyTo, SessionUsage, await usageOf(needs, tenantId, sessionId));
    return 'ack';
  };

export const onUsageMetered =
  (needs: Needs) =>
  async (metered: Fact<typeof UsageMetered>): Promise<Outcome> => {
    await count(needs, metered, (record) => {
      const after = withConnected(record, metered.data.connectedSeconds);
      return reconsidered(after, allowedTo(needs, after));
    });
    return 'ack';
  };

const causeOf = (
  needs: Needs,
  { data, traceparent }: Fact<typeof UsageReported> | Fact<typeof UsageMetered>,
): Cause => ({
  sessionId: data.sessionId,
  at: needs.clock.now(),
  traceparent,
});

/** Tells what was not believed, and that a call must end which takes too much of the day: each under one id however often. */
async function tellEnd(needs: Needs, record: Admitted, cause: Cause): Promise<void> {
  const { doubted, reservation, reported, reserved } = record;
  if (doubted !== undefined) await needs.bus.publish(ReportDoubted, doubtedFact(record, doubted, cause));
  if (reservation.settlement !== undefined) return;
  const measure = exceeding(reported, shareOf(reserved, capsFor(needs, record).day, needs.bounds));
  if (measure !== undefined) await tellExceeded(needs, record, { period: 'day', measure }, cause);
}

/** Counts in the record, then lets the budget keep up. A repeat counts nothing and finds whatever a crash left to do. */
async function count(
  needs: Needs,
  fact: Fact<typeof UsageReported> | Fact<typeof UsageMetered>,
  change: (record: Admitted) => Admitted,
): Promise<Admitted | undefined> {
  const { tenantId, sessionId } = fact.data;
  const record = await needs.requests.update(sessionId, (known) => {
    if (known?.kind !== 'admitted' || known.tenantId !== tenantId) return { result: undefined };
    const counted = change(known);
    return counted === known ? { result: known } : { result: counted, state: counted };
  });
  if (record !== undefined) await keepUp(needs, record, causeOf(needs, fact));
  return record;
}
