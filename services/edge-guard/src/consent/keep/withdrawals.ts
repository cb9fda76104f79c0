import type { ConsentPurpose, ReceiptKey, Withdrawal } from '@vox/contracts';
import { withdrawalKey } from '@vox/platform/crypto';
import { Fault, Reason } from '@vox/platform/fault';
import type { Held } from '../../store/mod.ts';

/** What visitors took back. */
export type Withdrawals = Held<Withdrawal>;
/** The keys that receipts are signed with. */
export type ReceiptKeys = Held<ReceiptKey>;

export type WithdrawalDependencies = Readonly<{ withdrawn: Withdrawals }>;

/** Throws Fault UNAVAILABLE while a change could have been missed. */
export function allCurrent(replicas: readonly Pick<Withdrawals, 'current'>[]): void {
  if (replicas.some((each) => !each.current()))
    throw new Fault('UNAVAILABLE', {}, { cause: new Reason('withdrawals may have been missed') });
}

/**
 * Whether a visitor took back what it had given for a purpose. Throws Fault UNAVAILABLE while that could have been
 * missed.
 */
export function isWithdrawn(
  { withdrawn }: WithdrawalDependencies,
  tenantId: string,
  visitorId: string,
  purpose: ConsentPurpose,
): boolean {
  allCurrent([withdrawn]);
  return withdrawn.get(withdrawalKey(tenantId, visitorId))?.purposes.includes(purpose) ?? false;
}
