import type { ListRetentionReceipts } from '@vox/contracts';
import type { z } from 'zod';
import { type RetentionReceipts, retentionReceiptKey, retentionReceiptTag } from '../keep/retention.ts';

type Asked = z.infer<(typeof ListRetentionReceipts)['request']>;
type Reply = z.input<(typeof ListRetentionReceipts)['reply']>;

/** What proves the sweeps of one class of a tenant, oldest first. */
export const listRetentionReceipts =
  ({ retentionReceipts }: Readonly<{ retentionReceipts: Pick<RetentionReceipts, 'tagged'> }>) =>
  async ({ tenantId, class: kind, after, limit }: Asked): Promise<Reply> => {
    const from = retentionReceiptKey(tenantId, kind, after);
    const found = await retentionReceipts.tagged(retentionReceiptTag(tenantId, kind), limit, from);
    const last = found.at(-1)?.state.sequence ?? null;
    return { receipts: found.map(({ state }) => state.receipt), next: found.length < limit ? null : last };
  };
