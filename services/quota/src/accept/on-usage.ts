import type { Delivery, Verdict } from '@vox/shared/bus';
import { type Fact, SessionUsage, type UsageMetered, type UsageReported } from '@vox/shared/contracts';
import { type Admitted, withConnected, withReport } from '../decide/record.ts';
import { keepUp } from './keep-up.ts';
import type { Needs } from './needs.ts';
import { usageOf } from './session-usage.ts';

export const onUsageReported =
  (needs: Needs) =>
  async (report: Fact<typeof UsageReported>, { replyTo }: Delivery): Promise<Verdict> => {
    const { tenantId, sessionId, responseId, usage } = report.data;
    await count(needs, report, (record) => withReport(record, responseId, usage));
    if (replyTo !== undefined) await needs.bus.reply(replyTo, SessionUsage, await usageOf(needs, tenantId, sessionId));
    return 'done';
  };

export const onUsageMetered =
  (needs: Needs) =>
  async (metered: Fact<typeof UsageMetered>): Promise<Verdict> => {
    await count(needs, metered, (record) => withConnected(record, metered.data.connectedSeconds));
    return 'done';
  };

/** Counts in the record, then lets the budget keep up. A repeat counts nothing and finds whatever a crash left to do. */
async function count(
  needs: Needs,
  fact: Fact<typeof UsageReported> | Fact<typeof UsageMetered>,
  change: (record: Admitted) => Admitted,
): Promise<void> {
  const { tenantId, sessionId } = fact.data;
  const record = await needs.requests.change(sessionId, (known) => {
    if (known?.kind !== 'admitted' || known.tenantId !== tenantId) return { result: undefined };
    const counted = change(known);
    return counted === known ? { result: known } : { result: counted, state: counted };
  });
  if (record !== undefined)
    await keepUp(needs, record, { sessionId, at: needs.clock.now(), traceparent: fact.traceparent });
}
