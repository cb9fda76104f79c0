import type { Verdict } from '@vox/shared/bus';
import { type Fact, QuotaSettled, QuotaThreshold, type SessionDenied, type SessionEnded } from '@vox/shared/contracts';
import { settle, unbooked } from '../decide/budget.ts';
import { type Admitted, usedBy, withConnected } from '../decide/record.ts';
import { type Cause, settledFact, thresholdFacts } from '../publish/facts.ts';
import { capsFor } from './caps-for.ts';
import { keepUp } from './keep-up.ts';
import type { Needs } from './needs.ts';
import { rebook } from './rebook.ts';

export const onSessionEnded =
  (needs: Needs) =>
  async (ended: Fact<typeof SessionEnded>): Promise<Verdict> => {
    const { sessionId, connectedSeconds } = ended.data;
    await close(needs, { sessionId, at: needs.clock.now(), traceparent: ended.traceparent }, connectedSeconds);
    return 'done';
  };

/** The broker said no after the budget was held: all of it goes back. */
export const onSessionDenied =
  (needs: Needs) =>
  async (denied: Fact<typeof SessionDenied>): Promise<Verdict> => {
    if (denied.data.by === 'quota') return 'done';
    await close(needs, { sessionId: denied.data.sessionId, at: needs.clock.now(), traceparent: denied.traceparent }, 0);
    return 'done';
  };

/** Settles what a call held, once, and tells it. Any repeat says the same. What is reported while it is settled is booked after. */
export async function close(needs: Needs, cause: Cause, connectedSeconds: number): Promise<void> {
  const { sessionId, at } = cause;
  const known = await needs.requests.read(sessionId);
  if (known?.kind !== 'admitted') return;
  const over = (record: Admitted): Admitted => withConnected(record, connectedSeconds);
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
