import { ConsentRecorded, makeFact } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { ConsentRecord } from '../decide/consent.ts';

/** Publishes records of a tenant, without a word of who gave them. */
export async function publishRecords(
  bus: Pick<Bus, 'publish'>,
  tenantId: string,
  records: readonly ConsentRecord[],
): Promise<void> {
  for (const { receiptId, purpose, version, given, atMs, method } of records) {
    const head = { id: `consent:${receiptId}`, source: 'compliance', at: new Date(atMs) };
    const data = { tenantId, receiptId, purpose, version, method, given };
    await bus.publish(ConsentRecorded, makeFact(ConsentRecorded, head, data));
  }
}
