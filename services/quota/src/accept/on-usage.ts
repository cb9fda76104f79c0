import type { Fact, UsageMetered, UsageReported } from '@vox/contracts';
import type { Delivery, Outcome } from '@vox/platform/bus';
import { countMetered, countReport, type MeterDependencies, type ReportDependencies } from '../command/count-usage.ts';

export const onUsageReported =
  (dependencies: ReportDependencies) =>
  async (report: Fact<typeof UsageReported>, { replyTo }: Delivery): Promise<Outcome> => {
    await countReport(dependencies, report, replyTo);
    return 'ack';
  };

export const onUsageMetered =
  (dependencies: MeterDependencies) =>
  async (metered: Fact<typeof UsageMetered>): Promise<Outcome> => {
    await countMetered(dependencies, metered);
    return 'ack';
  };
