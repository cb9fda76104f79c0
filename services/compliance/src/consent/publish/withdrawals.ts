import { type Withdrawal, WithdrawalDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { withdrawalKey } from '@vox/platform/crypto';

/**
 * Shows every door what stands withdrawn, which it refuses, and what was given again, which it takes. What is shown is
 * what stands in the store: a sweep that read it before the visitor's last answer must not overtake that.
 */
export const showWithdrawals = (
  bus: Pick<Bus, 'documents'>,
  { tenantId, visitorId }: Readonly<{ tenantId: string; visitorId: string }>,
  newest: () => Promise<Withdrawal | undefined>,
): Promise<void> => bus.documents(WithdrawalDocument).renew(withdrawalKey(tenantId, visitorId), newest);
