import type { RequestRecord } from './record.ts';
import { usedBy } from './recorded-usage.ts';
import { unbooked } from './reservation.ts';

const keptMs = 2 * 86_400_000;

/**
 * When a sweep must look at a record: at the end of its lease; at once, while something used is not booked; or when
 * nobody can ask about it any more.
 */
export function recordDueAtMs(record: RequestRecord): number {
  if (record.kind === 'denied') return record.decidedAtMs + keptMs;
  const { settlement, untilMs } = record.reservation;
  if (settlement === undefined) return untilMs;
  return unbooked(settlement, usedBy(record)) === undefined ? record.decidedAtMs + keptMs : record.decidedAtMs;
}
