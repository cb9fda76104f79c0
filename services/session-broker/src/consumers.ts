import { consumers } from '@vox/contracts';
import type { Bus, Consumption } from '@vox/platform/bus';
import {
  onKeyRevoked,
  onLineSuspended,
  onLoginEnded,
  onQuotaExceeded,
  onReportDoubted,
} from './calls/accept/on-ends.ts';
import { onSessionAdmitted } from './calls/accept/on-session-admitted.ts';
import { onUsageReported } from './calls/accept/on-usage-reported.ts';
import type { Dependencies } from './dependencies.ts';

/** Consumes every fact that begins, proves or ends a call. */
export async function consumeAll(bus: Bus, dependencies: Dependencies): Promise<readonly Consumption[]> {
  return [
    await bus.consume(consumers.brokerAdmissions, onSessionAdmitted(dependencies)),
    await bus.consume(consumers.brokerExceeded, onQuotaExceeded(dependencies)),
    await bus.consume(consumers.brokerReports, onUsageReported(dependencies)),
    await bus.consume(consumers.brokerDoubts, onReportDoubted(dependencies)),
    await bus.consume(consumers.brokerRevocations, onKeyRevoked(dependencies)),
    await bus.consume(consumers.brokerLogins, onLoginEnded(dependencies)),
    await bus.consume(consumers.brokerSuspensions, onLineSuspended(dependencies)),
    await bus.consume(consumers.brokerKillSwitches, onLineSuspended(dependencies)),
  ];
}
