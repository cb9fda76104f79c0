import {
  type ListRetentionReceipts,
  type PreviewRetention,
  type Retention,
  type RetentionClass,
  retentionClasses,
} from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { z } from 'zod';
import { oldAudit } from '../../audit/mod.ts';
import type { Dependencies } from '../../dependencies.ts';
import { holding } from '../../holds/mod.ts';
import { cutoffMs } from '../decide/retention.ts';
import { retentionReceiptKey, retentionReceiptTag } from '../keep/retention.ts';
import { expiring } from './expired-data.ts';

type Asked<Q extends { request: z.ZodType }> = z.infer<Q['request']>;
type Reply<Q extends { reply: z.ZodType }> = z.input<Q['reply']>;

/** Counting more would take longer than whoever asks waits. */
const countedMax = 5_000;

/** Counts what is older than times that somebody thinks of, and removes nothing. */
export const answerPreview =
  (needs: Dependencies) =>
  async ({ tenantId, retention: wanted }: Asked<typeof PreviewRetention>): Promise<Reply<typeof PreviewRetention>> => {
    const policy = needs.policies.get(tenantId);
    if (policy === undefined) throw new Fault('NOT_FOUND');
    const nowMs = needs.clock.now().getTime();
    const set = Object.entries(wanted ?? {}).filter(([, days]) => days !== undefined);
    const retention: Retention = { ...policy.retention, ...Object.fromEntries(set) };
    const counted = await Promise.all(
      retentionClasses.map(
        async (kind) => [kind, await count(needs, tenantId, kind, cutoffMs(retention, kind, nowMs))] as const,
      ),
    );
    const of = (what: 'going' | 'held') =>
      Object.fromEntries(counted.map(([kind, each]) => [kind, each[what]])) as Record<RetentionClass, number>;
    return { going: of('going'), held: of('held'), capped: counted.some(([, { capped }]) => capped) };
  };

type Count = Readonly<{ going: number; held: number; capped: boolean }>;

async function count(needs: Dependencies, tenantId: string, kind: RetentionClass, olderThanMs: number): Promise<Count> {
  const isHeld = await holding(needs, tenantId);
  if (kind === 'audit') {
    const { count: old } = await oldAudit(needs, tenantId, new Date(olderThanMs), countedMax);
    const held = (await isHeld({})) === undefined ? 0 : old;
    return { going: old - held, held, capped: old === countedMax };
  }
  let [going, held] = [0, 0];
  for await (const old of expiring(needs)[kind].older(tenantId, olderThanMs)) {
    if (going + held === countedMax) return { going, held, capped: true };
    if ((await isHeld(old)) === undefined) going += 1;
    else held += 1;
  }
  return { going, held, capped: false };
}

export const answerReceipts =
  ({ retentionReceipts }: Pick<Dependencies, 'retentionReceipts'>) =>
  async ({
    tenantId,
    class: kind,
    after,
    limit,
  }: Asked<typeof ListRetentionReceipts>): Promise<Reply<typeof ListRetentionReceipts>> => {
    const from = retentionReceiptKey(tenantId, kind, after);
    const found = await retentionReceipts.tagged(retentionReceiptTag(tenantId, kind), limit, from);
    const last = found.at(-1)?.state.sequence ?? null;
    return { receipts: found.map(({ state }) => state.receipt), next: found.length < limit ? null : last };
  };
