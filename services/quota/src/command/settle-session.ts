import type { Clock } from '@vox/platform/time';
import type { Bounds } from '../decide/believable.ts';
import { capsUnder } from '../decide/caps.ts';
import type { Admitted } from '../decide/record.ts';
import { allowedBy, reconsidered, usedBy, withEnd } from '../decide/recorded-usage.ts';
import { settle, unbooked } from '../decide/reservation.ts';
import { publishSettled } from '../publish/publish-settlement.ts';
import { countSettled } from './count-settled.ts';
import { type CoverDependencies, coverUsage } from './cover-usage.ts';
import { updateReservation } from './update-reservation.ts';

export type SettleDependencies = CoverDependencies & Readonly<{ bounds: Bounds; clock: Clock }>;

/** A call that is over. How long it was connected is unknown where only its lease says that it is over. */
type SessionOver = Readonly<{
  sessionId: string;
  connectedSeconds?: number | undefined;
  traceparent?: string | undefined;
}>;

/**
 * Settles what a call held, once, publishes it, and counts it as usage. Any repeat publishes the same. What is reported
 * while it is settled is booked after.
 */
export async function settleSession(
  dependencies: SettleDependencies,
  { sessionId, connectedSeconds, traceparent }: SessionOver,
): Promise<void> {
  const { bounds, bus, clock, policies, requests } = dependencies;
  const cause = { sessionId, at: clock.now(), traceparent };
  const known = await requests.read(sessionId);
  if (known?.kind !== 'admitted') return;
  const over = (record: Admitted): Admitted => {
    const after = connectedSeconds === undefined ? record : withEnd(record, connectedSeconds);
    return reconsidered(after, allowedBy(after, bounds, clock.now().getTime()));
  };
  const settled = await updateReservation(
    dependencies,
    { sessionId, budgetKey: known.budgetKey },
    {
      rebook(budget, reservation, record) {
        const owner = { sessionId, identity: record.identity, nowMs: cause.at.getTime() };
        const caps = capsUnder(policies.get(record.tenantId), record.identity.kind, cause.at.getTime());
        return { budget: settle(budget, caps, owner, reservation, usedBy(over(record))) };
      },
      takeOver: over,
    },
  );
  const settlement = settled?.record.reservation.settlement;
  if (settled === undefined || settlement === undefined) return;
  await publishSettled(bus, settled.record, settlement, cause);
  await countSettled(dependencies, sessionId, settled.record, cause.at);
  if (unbooked(settlement, usedBy(settled.record)) !== undefined) await coverUsage(dependencies, settled.record, cause);
}
