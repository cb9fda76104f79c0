import type { Law } from '@vox/contracts';
import { lateness as lateWithin, nextLookMs as nextLook } from '../../deadlines/mod.ts';

const dayMs = 86_400_000;
const soonMs = 7 * dayMs;

/**
 * When a person's request must be answered, in UTC. GDPR, Art. 12(3): within one month of receipt, to the same day of
 * the next month, or its last day where there is no such day (Regulation 1182/71, Art. 3(2)(c)). CCPA,
 * § 1798.130(a)(2)(A): within 45 days.
 */
export function dueMs(law: Law, receivedMs: number): number {
  if (law === 'ccpa') return receivedMs + 45 * dayMs;
  const received = new Date(receivedMs);
  const lastDay = new Date(Date.UTC(received.getUTCFullYear(), received.getUTCMonth() + 2, 0)).getUTCDate();
  const due = new Date(receivedMs);
  due.setUTCDate(1);
  due.setUTCMonth(received.getUTCMonth() + 1);
  due.setUTCDate(Math.min(received.getUTCDate(), lastDay));
  return due.getTime();
}

/** A request is due soon for a week. */
export const lateness = (dueAtMs: number, nowMs: number) => lateWithin(dueAtMs, nowMs, soonMs);

export const nextLookMs = (dueAtMs: number, nowMs: number): number | undefined => nextLook(dueAtMs, nowMs, soonMs);
