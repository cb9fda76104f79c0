import { ConsentReceipt, consentWords, type Policy, requiredConsents } from '@vox/contracts';
import { readReceipt, withdrawalKey } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import { missing, type ProvedReceipt } from '../decide/consent.ts';
import { allCurrent, type ReceiptKeys, type WithdrawalDependencies } from '../keep/withdrawals.ts';
import { hashOf } from './words.ts';

export type ConsentDependencies = WithdrawalDependencies &
  Readonly<{ receiptKeys: ReceiptKeys; clock: Pick<Clock, 'now'> }>;

type Shown = Readonly<{ policy: Policy; visitorId: string; receipts: readonly string[] }>;

/** Throws Fault CONSENT_REQUIRED, with what is missing, unless the receipts prove all that the tenant demands. */
export async function checkConsent(
  { withdrawn, receiptKeys, clock }: ConsentDependencies,
  { policy, visitorId, receipts }: Shown,
): Promise<void> {
  if (requiredConsents(policy).length === 0) return;
  allCurrent([withdrawn, receiptKeys]);
  const read = await Promise.all(
    receipts.map((text) => readReceipt(ConsentReceipt, text, receiptKeys.get).catch(() => undefined)),
  );
  const purposes = missing({
    policy,
    visitorId,
    receipts: read.filter((each): each is ProvedReceipt & NonNullable<typeof each> => each !== undefined),
    withdrawal: withdrawn.get(withdrawalKey(policy.tenantId, visitorId)),
    hashOf: (purpose) => hashOf(consentWords(policy, purpose).text),
    nowMs: clock.now().getTime(),
  });
  if (purposes.length > 0) throw new Fault('CONSENT_REQUIRED', { purposes });
}
