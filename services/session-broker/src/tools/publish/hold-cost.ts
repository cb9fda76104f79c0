import { HoldToolCost, type ToolCostAnswer } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';

export type CostOfUse = Readonly<{ tenantId: string; sessionId: string; useId: string; micros: number }>;

/** Has quota count what a use costs, once by its id. Throws Fault UNAVAILABLE when quota does not answer in time. */
export type HoldCost = (cost: CostOfUse) => Promise<ToolCostAnswer>;

const holdMs = 900;

export const costHolder =
  (bus: Pick<Bus, 'ask'>): HoldCost =>
  (cost) =>
    bus.ask(HoldToolCost, cost, { timeoutMs: holdMs });
