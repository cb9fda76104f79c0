import { makeFact, type RetentionClass, RetentionSwept } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

/** What one run removed of one class of one tenant. */
export type SweptSummary = Readonly<{
  tenantId: string;
  class: RetentionClass;
  sequence: number;
  olderThan: string;
  removed: number;
  digest: string;
}>;

/** The id derives from the receipt, so that a fact that is published again is a duplicate. */
export async function publishSwept(
  bus: Pick<Bus, 'publish'>,
  swept: SweptSummary,
  receiptId: string,
  at: Date,
): Promise<void> {
  const head = { id: `swept:${receiptId}`, source: 'compliance', at };
  await bus.publish(RetentionSwept, makeFact(RetentionSwept, head, { ...swept, receiptId }));
}
