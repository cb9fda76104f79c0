import { AskSessionUsage, EraseFrom, ExportFrom } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { exportRequests } from './command/export-requests.ts';
import { showUsage } from './command/show-usage.ts';
import type { Dependencies } from './dependencies.ts';

/** Answers every question that quota is asked. */
export const startResponders = async (bus: Bus, dependencies: Dependencies): Promise<readonly Consumption[]> => [
  await bus.answer(ExportFrom.quota, (person) => exportRequests(dependencies, person)),
  // Quota keeps what calls used and not who made them, so nothing is left to erase. Every service must answer all the
  // same.
  await bus.answer(EraseFrom.quota, async () => ({ erased: 0 })),
  await bus.answer(AskSessionUsage, ({ tenantId, sessionId }) => showUsage(dependencies, tenantId, sessionId)),
];
