import { z } from 'zod';
import { question } from '../kinds/question.ts';
import { SessionId, TenantId } from '../values/ids.ts';
import { Measure, Period } from './usage.ts';

/** Whether the cost of a tool's use is booked for its call. */
export const ToolCostAnswer = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('held') }),
  z.object({ kind: z.literal('exceeded'), period: Period, measure: Measure, resetsAt: z.iso.datetime() }),
  z.object({ kind: z.literal('unknown').describe('no such call of this tenant, or it is settled') }),
]);
export type ToolCostAnswer = z.infer<typeof ToolCostAnswer>;

export const HoldToolCost = question(
  'quota',
  'hold-tool-cost',
  'Counts what one use of a tool costs to its call and its tenant’s budget, before it is run: once by its id, or not at all.',
  z.strictObject({
    tenantId: TenantId,
    sessionId: SessionId,
    useId: z.string().min(1).max(64),
    micros: z.number().int().min(1).max(100_000_000),
  }),
  ToolCostAnswer,
);
