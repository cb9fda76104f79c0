import { ConsentPurpose, type Withdrawal, WithdrawalDocument } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { withdrawalKey } from '@vox/platform/crypto';
import { type Consents, isWithdrawn, latest } from '../decide/consent.ts';

/** A door needs to know of a withdrawal for as long as a visitor's page may live. */
const shownMs = 2 * 86_400_000;

/**
 * Shows every door what stands withdrawn, which it refuses, and what was given again, which it takes. What is shown is
 * what stands in the store: a sweep that read it before the visitor's last answer must not overtake that.
 */
export const showWithdrawals = (
  bus: Pick<Bus, 'documents'>,
  { tenantId, visitorId }: Readonly<{ tenantId: string; visitorId: string }>,
  newest: () => Promise<Consents | undefined>,
): Promise<void> =>
  bus.documents(WithdrawalDocument).renew(withdrawalKey(tenantId, visitorId), async () => withdrawalOf(await newest()));

function withdrawalOf(consents: Consents | undefined): Withdrawal | undefined {
  const purposes = ConsentPurpose.options.filter((purpose) => isWithdrawn(consents, purpose));
  if (purposes.length === 0) return undefined;
  const atMs = Math.max(0, ...purposes.map((purpose) => latest(consents, purpose)?.atMs ?? 0));
  return { purposes, at: new Date(atMs).toISOString(), until: new Date(atMs + shownMs).toISOString() };
}
