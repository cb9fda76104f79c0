import { consumers } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import { onSessionDenied, onSessionEnded } from './accept/on-session-over.ts';
import { onSessionRequested } from './accept/on-session-requested.ts';
import { onUsageMetered, onUsageReported } from './accept/on-usage.ts';
import type { Dependencies } from './dependencies.ts';

/** Consumes every fact that budgets depend on. */
export const startConsumers = async (bus: Bus, dependencies: Dependencies): Promise<readonly Consumption[]> => [
  await bus.consume(consumers.quotaRequests, onSessionRequested(dependencies)),
  await bus.consume(consumers.quotaDenials, onSessionDenied(dependencies)),
  await bus.consume(consumers.quotaEnds, onSessionEnded(dependencies)),
  await bus.consume(consumers.quotaReports, onUsageReported(dependencies)),
  await bus.consume(consumers.quotaMeter, onUsageMetered(dependencies)),
];
