import { type Admitted, isCounted, withCounted } from '../decide/record.ts';
import { countedFor, countSession } from '../decide/usage-day.ts';
import type { Requests } from '../keep/requests.ts';
import { type UsageCounters, usageKey } from '../keep/usage-days.ts';
import { updateAdmitted } from './update-reservation.ts';

export type CountSettledDependencies = Readonly<{
  usageCounters: Pick<UsageCounters, 'update' | 'confirm'>;
  requests: Pick<Requests, 'read' | 'update'>;
}>;

/**
 * Counts what is settled of a call in its tenant's usage of the day: first the usage, then the record, which says how
 * much is counted. Until it does, that is pending in the usage. So it is counted once, whoever counts it and wherever
 * one of them crashes. The record is due until all of it is counted.
 */
export async function countSettled(
  { usageCounters, requests }: CountSettledDependencies,
  sessionId: string,
  found: Admitted,
  at: Date,
): Promise<void> {
  if (isCounted(found)) return;
  const key = usageKey(found.tenantId, found.identity.kind, found.reservation.day);
  const counted = await usageCounters.update(key, async (usage) => {
    const record = await requests.read(sessionId);
    if (record?.kind !== 'admitted') return { result: undefined, counter: usage };
    const after = countSession(usage, sessionId, record, at.getTime());
    const seq = after.pending[sessionId]?.seq;
    return { result: { upTo: countedFor(after, sessionId, record), seq }, counter: after };
  });
  if (counted === undefined) return;
  const record = await updateAdmitted(requests, sessionId, (known) => withCounted(known, counted.upTo));
  if (record !== undefined && counted.seq !== undefined) usageCounters.confirm(key, sessionId, counted.seq);
}
