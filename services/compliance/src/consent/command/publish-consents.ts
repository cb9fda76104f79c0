import type { Bus } from '@vox/platform/bus';
import { subjectDocumentKey } from '../../vault/mod.ts';
import { type Consents, everRefused, outboxOf, published, withdrawalOf } from '../decide/consent.ts';
import type { ConsentStore } from '../keep/consents.ts';
import { publishRecords } from '../publish/consent-recorded.ts';
import { showWithdrawals } from '../publish/withdrawals.ts';

export type PublishDependencies = Readonly<{
  consents: Pick<ConsentStore, 'read' | 'tryUpdate'>;
  bus: Pick<Bus, 'documents' | 'publish'>;
}>;

/**
 * Shows the doors what a visitor has withdrawn, publishes what stands in the outbox, and takes that out of it. A crash
 * between is repaired by the sweep.
 */
export async function publishConsents(
  { consents, bus }: PublishDependencies,
  stored: Consents,
  visitorId: string,
): Promise<void> {
  const { tenantId, subjectId } = stored;
  const key = subjectDocumentKey(tenantId, subjectId);
  // Whoever never took anything back stands at no door.
  if (everRefused(stored))
    await showWithdrawals(bus, { tenantId, visitorId }, async () => withdrawalOf(await consents.read(key)));
  const outbox = outboxOf(stored);
  await publishRecords(bus, tenantId, outbox);
  if (outbox.length === 0) return;
  const receiptIds = outbox.map(({ receiptId }) => receiptId);
  // Should it come to nothing, the sweep publishes again, and the second is a duplicate.
  await consents.tryUpdate(key, (now) => (now === undefined ? {} : { state: published(now, receiptIds) }));
}
