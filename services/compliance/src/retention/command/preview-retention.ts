import {
  type Policy,
  type PreviewRetention,
  type Retention,
  type RetentionClass,
  retentionClasses,
} from '@vox/contracts';
import { Fault } from '@vox/platform/fault';
import type { Clock } from '@vox/platform/time';
import type { z } from 'zod';
import { oldAudit } from '../../audit/mod.ts';
import { type HoldDependencies, holding } from '../../holds/mod.ts';
import { cutoffMs } from '../decide/retention.ts';
import { type ExpiringStores, expiredData } from './expired-data.ts';

type Asked = z.infer<(typeof PreviewRetention)['request']>;
type Reply = z.input<(typeof PreviewRetention)['reply']>;
type Counting = HoldDependencies & Parameters<typeof oldAudit>[0] & ExpiringStores;
export type Preview = Counting &
  Readonly<{ policies: Readonly<{ get: (tenantId: string) => Policy | undefined }>; clock: Clock }>;

/** Counting more would take longer than whoever asks waits. */
const countedMax = 5_000;

/** Counts what is older than times that somebody thinks of, and removes nothing. */
export const previewRetention =
  (dependencies: Preview) =>
  async ({ tenantId, retention: wanted }: Asked): Promise<Reply> => {
    const policy = dependencies.policies.get(tenantId);
    if (policy === undefined) throw new Fault('NOT_FOUND');
    const nowMs = dependencies.clock.now().getTime();
    const set = Object.entries(wanted ?? {}).filter(([, days]) => days !== undefined);
    const retention: Retention = { ...policy.retention, ...Object.fromEntries(set) };
    const counted = await Promise.all(
      retentionClasses.map(
        async (kind) => [kind, await count(dependencies, tenantId, kind, cutoffMs(retention, kind, nowMs))] as const,
      ),
    );
    const of = (what: 'going' | 'held') =>
      Object.fromEntries(counted.map(([kind, each]) => [kind, each[what]])) as Record<RetentionClass, number>;
    return { going: of('going'), held: of('held'), capped: counted.some(([, { capped }]) => capped) };
  };

type ExpiredCount = Readonly<{ going: number; held: number; capped: boolean }>;

async function count(
  dependencies: Counting,
  tenantId: string,
  kind: RetentionClass,
  olderThanMs: number,
): Promise<ExpiredCount> {
  const isHeld = await holding(dependencies, tenantId);
  if (kind === 'audit') {
    const { count: old } = await oldAudit(dependencies, tenantId, new Date(olderThanMs), countedMax);
    const held = (await isHeld({})) === undefined ? 0 : old;
    return { going: old - held, held, capped: old === countedMax };
  }
  let [going, held] = [0, 0];
  for await (const item of expiredData(dependencies)[kind].older(tenantId, olderThanMs)) {
    if (going + held === countedMax) return { going, held, capped: true };
    if ((await isHeld(item)) === undefined) going += 1;
    else held += 1;
  }
  return { going, held, capped: false };
}
