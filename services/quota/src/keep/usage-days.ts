import { AgentId, Amount, ModelName, WidgetKey } from '@vox/contracts';
import { type Counters, counterDueAtMs, type DocumentStore, type StoredKind } from '@vox/platform/store';
import { z } from 'zod';
import type { UsageDay } from '../decide/usage-day.ts';

/** What a tenant's settled calls of one kind and one day have used. */
export type UsageDays = DocumentStore<UsageDay>;
/** The same as counters: a change is pending until the record of its session says the same. */
export type UsageCounters = Counters<UsageDay>;

export const usageKey = (tenantId: string, identityKind: string, day: string): string =>
  `${tenantId}:${identityKind}:${day}`;

const count = z.number().int().nonnegative();

export const usageDocuments: StoredKind<UsageDay> = {
  collection: 'usage_days',
  schema: z.object({
    seq: count,
    places: z.array(
      z.object({
        place: z.object({ agentId: AgentId, widgetKey: WidgetKey.optional(), model: ModelName }).optional(),
        sessions: count,
        amount: Amount,
      }),
    ),
    pending: z.record(z.string(), z.object({ seq: count, atMs: z.number(), upTo: Amount })),
    keptUntilMs: z.number(),
  }),
  dueAtMs: (usage) => counterDueAtMs(usage) ?? usage.keptUntilMs,
};
