import { QuotaAdjusted, QuotaSettled, QuotaThreshold } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { Settlement } from '../decide/budget.ts';
import type { Admitted } from '../decide/record.ts';
import { adjustedFact, type Cause, settledFact, thresholdFacts } from './facts.ts';

export type Publisher = Pick<Bus, 'publish'>;

/** Publishes what a call was settled at, and the thresholds that its budget passed by it. */
export async function publishSettled(
  bus: Publisher,
  record: Admitted,
  settlement: Settlement,
  cause: Cause,
): Promise<void> {
  await bus.publish(QuotaSettled, settledFact(record, settlement, cause));
  await publishThresholds(bus, record, settlement, cause);
}

/** Publishes the new totals of a call that was settled before, and the thresholds that its budget passed by them. */
export async function publishAdjusted(
  bus: Publisher,
  record: Admitted,
  settlement: Settlement,
  cause: Cause,
): Promise<void> {
  await bus.publish(QuotaAdjusted, adjustedFact(record, settlement, cause));
  await publishThresholds(bus, record, settlement, cause);
}

async function publishThresholds(
  bus: Publisher,
  record: Admitted,
  settlement: Settlement,
  cause: Cause,
): Promise<void> {
  for (const fact of thresholdFacts(record, settlement, cause)) await bus.publish(QuotaThreshold, fact);
}
