import {
  AskSessionUsage,
  EraseFrom,
  ExportFrom,
  HoldToolCost,
  ReadUsage,
  Redeliver,
  ResetUsage,
  ShowLimits,
  ShowPolicyFindings,
} from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { exportRequests } from './command/export-requests.ts';
import { holdToolCost } from './command/hold-tool-cost.ts';
import { readUsage } from './command/read-usage.ts';
import { resetUsage } from './command/reset-usage.ts';
import { type ShowFindingsDependencies, showFindings } from './command/show-findings.ts';
import { showLimits } from './command/show-limits.ts';
import { showUsage } from './command/show-usage.ts';
import type { Dependencies } from './dependencies.ts';

/** Answers every question that quota is asked. */
export const startResponders = async (
  bus: Bus,
  dependencies: Dependencies & Pick<ShowFindingsDependencies, 'policies'>,
): Promise<readonly Consumption[]> => [
  await bus.answer(ExportFrom.quota, (person) => exportRequests(dependencies, person)),
  // Quota keeps what calls used and not who made them, so nothing is left to erase. Every service must answer all the
  // same.
  await bus.answer(EraseFrom.quota, async () => ({ erased: 0 })),
  await bus.answer(AskSessionUsage, ({ tenantId, sessionId }) => showUsage(dependencies, tenantId, sessionId)),
  await bus.answer(HoldToolCost, (asked) => holdToolCost(dependencies, asked)),
  await bus.answer(ReadUsage, (asked) => readUsage(dependencies, asked)),
  await bus.answer(ShowLimits, ({ tenantId }) => showLimits(dependencies, tenantId)),
  await bus.answer(ShowPolicyFindings, showFindings(dependencies)),
  await bus.answer(ResetUsage, (request) => resetUsage(dependencies, request)),
  await bus.answer(Redeliver.quota, ({ letter }) => bus.redeliver(letter)),
];
