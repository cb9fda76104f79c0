import { type Admitted, isCounted, type RequestRecord } from './record.ts';
import { usedBy } from './recorded-usage.ts';
import { unbooked } from './reservation.ts';

const keptMs = 2 * 86_400_000;

/**
 * When a sweep must look at a record: at the end of its lease; at once, while something used is not booked or not
 * counted as usage; or when nobody can ask about it any more.
 */
export function recordDueAtMs(record: RequestRecord): number {
  if (record.kind === 'denied') return record.decidedAtMs + keptMs;
  const { settlement, untilMs } = record.reservation;
  if (settlement === undefined) return untilMs;
  return isFinished(record) ? record.decidedAtMs + keptMs : record.decidedAtMs;
}

/** Whether all that a call used is booked, as far as is known. */
export const isBooked = (record: Admitted): boolean => {
  const { settlement } = record.reservation;
  return settlement !== undefined && unbooked(settlement, usedBy(record)) === undefined;
};

const isFinished = (record: Admitted): boolean => isBooked(record) && isCounted(record);

/** Whether a record is old and nothing of it is left to do, so that it may go. */
export const isForgotten = (record: RequestRecord, atMs: number): boolean =>
  record.decidedAtMs + keptMs <= atMs && (record.kind === 'denied' || isFinished(record));
