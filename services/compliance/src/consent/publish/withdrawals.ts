import { ConsentPurpose, ConsentRecorded, makeFact, type Withdrawal, WithdrawalDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { withdrawalKey } from '@vox/platform/crypto';
import type { Consents, Recorded } from '../decide/consent.ts';

/** A door needs to know of a withdrawal for as long as a visitor's page may live. */
const shownMs = 2 * 86_400_000;

/**
 * Every door refuses what stands withdrawn, and takes again what was given again. What is shown is what stands in the store: a sweep that read it
 * before the visitor's last answer must not overtake that.
 */
export const showWithdrawals = (
  bus: Bus,
  { tenantId, visitorId }: Readonly<{ tenantId: string; visitorId: string }>,
  newest: () => Promise<Consents | undefined>,
): Promise<void> =>
  bus.documents(WithdrawalDocument).renew(withdrawalKey(tenantId, visitorId), async () => withdrawn(await newest()));

function withdrawn({ records }: Pick<Consents, 'records'> = { records: [] }): Withdrawal | undefined {
  const last = (purpose: ConsentPurpose): Recorded | undefined => records.findLast((each) => each.purpose === purpose);
  const purposes = ConsentPurpose.options.filter((purpose) => last(purpose)?.given === false);
  const atMs = Math.max(0, ...purposes.map((purpose) => last(purpose)?.atMs ?? 0));
  if (purposes.length === 0) return undefined;
  return { purposes, at: new Date(atMs).toISOString(), until: new Date(atMs + shownMs).toISOString() };
}

/** Tells what was not told yet, and answers which records that were. */
export async function tellConsents(bus: Bus, { tenantId, records }: Consents): Promise<string[]> {
  const untold = records.filter(({ told }) => !told);
  for (const { receiptId, purpose, version, given, atMs, method } of untold) {
    const head = { id: `consent:${receiptId}`, source: 'compliance', at: new Date(atMs) };
    const data = { tenantId, receiptId, purpose, version, method, given };
    await bus.publish(ConsentRecorded, makeFact(ConsentRecorded, head, data));
  }
  return untold.map(({ receiptId }) => receiptId);
}
