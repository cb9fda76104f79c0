import type { Bus } from '@vox/shared/bus';
import { ConsentPurpose, ConsentRecorded, makeFact, WithdrawalDocument } from '@vox/shared/contracts';
import { withdrawalKey } from '@vox/shared/crypto';
import type { Consents, Recorded } from '../decide/consent.ts';

/** A door needs to know of a withdrawal for as long as a visitor's page may live. */
const shownMs = 2 * 86_400_000;

/** Every door refuses what stands withdrawn, and takes again what was given again. */
export async function showWithdrawals(bus: Bus, { tenantId, records }: Consents, visitorId: string): Promise<void> {
  const withdrawals = bus.documents(WithdrawalDocument);
  const key = withdrawalKey(tenantId, visitorId);
  const last = (purpose: ConsentPurpose): Recorded | undefined => records.findLast((each) => each.purpose === purpose);
  const purposes = ConsentPurpose.options.filter((purpose) => last(purpose)?.given === false);
  const atMs = Math.max(0, ...purposes.map((purpose) => last(purpose)?.atMs ?? 0));
  if (purposes.length > 0)
    await withdrawals.put(key, {
      purposes,
      at: new Date(atMs).toISOString(),
      until: new Date(atMs + shownMs).toISOString(),
    });
  else if (records.some(({ given }) => !given)) await withdrawals.remove(key);
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
