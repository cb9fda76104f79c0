import { type Fact, QuotaSettled, QuotaThreshold, type SessionDenied, type SessionEnded } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { settle, unbooked } from '../decide/budget.ts';
import { type Admitted, reconsidered, usedBy, withEnd } from '../decide/record.ts';
import { type Cause, settledFact, thresholdFacts } from '../publish/facts.ts';
import { allowedTo } from '../decide/allowed.ts';
import { capsFor } from '../decide/caps.ts';
import { keepUp } from './cover-usage.ts';
import type { Needs } from '../dependencies.ts';
import { rebook } from './update-reservation.ts';

export const onSessionEnded =
  (needs: Needs) =>
  async (ended: Fact<typeof SessionEnded>): Promise<Outcome> => {
    const { sessionId, connectedSeconds } = ended.data;
    const cause = { sessionId, at: needs.clock.now(), traceparent: ended.traceparent };
    await close(needs, cause, (record) => withEnd(record, connectedSeconds));
    return 'ack';
  };

/** The broker said no after the budget was held: all of it goes back. */
export const onSessionDenied =
  (needs: Needs) =>
  async (denied: Fact<typeof SessionDenied>): Promise<Outcome> => {
    if (denied.data.by === 'quota') return 'ack';
    const cause = { sessionId: denied.data.sessionId, at: needs.clock.now(), traceparent: denied.traceparent };
    await close(needs, cause, (record) => withEnd(record, 0));
    return 'ack';
  };

/** Settles what a call held, once, and tells it. `found` takes over what is known of its end: nothing, where its lease is over. Any repeat says the same. What is reported while it is settled is booked after. */
export async function close(needs: Needs, cause: Cause, found: (record: Admitted) => Admitted): Promise<void> {
  const { sessionId, at } = cause;
  const known = await needs.requests.read(sessionId);
  if (known?.kind !== 'admitted') return;
  const over = (record: Admitted): Admitted => {
    const after = found(record);
    return reconsidered(after, allowedTo(needs, after));
  };
  const settled = await rebook(
    needs,
    sessionId,
    known.budgetKey,
    (budget, reservation, record) => {
      const whose = { sessionId, identity: record.identity, nowMs: at.getTime() };
      return { budget: settle(budget, capsFor(needs, record), whose, reservation, usedBy(over(record))) };
    },
    over,
  );
  const settlement = settled?.record.reservation.settlement;
  if (settled === undefined || settlement === undefined) return;
  await needs.bus.publish(QuotaSettled, settledFact(settled.record, settlement, cause));
  for (const fact of thresholdFacts(settled.record, settlement, cause)) await needs.bus.publish(QuotaThreshold, fact);
  if (unbooked(settlement, usedBy(settled.record)) !== undefined) await keepUp(needs, settled.record, cause);
}
