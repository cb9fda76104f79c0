import type {
  Fact,
  KeyRevoked,
  KillSwitchEngaged,
  QuotaExceeded,
  ReportDoubted,
  TenantSuspended,
} from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type CloseLineDependencies, closeLine } from '../command/close-line.ts';
import { type EndSessionDependencies, endSessionOf } from '../command/end-session.ts';
import { suspendLine } from '../command/suspend-line.ts';

export const onQuotaExceeded =
  (dependencies: EndSessionDependencies) =>
  async ({ data }: Fact<typeof QuotaExceeded>): Promise<Outcome> => {
    await endSessionOf(dependencies, data, 'quota');
    return 'ack';
  };

/** An impossible report ends its call. One that is merely too much has a fact of its own when there is more to say. */
export const onReportDoubted =
  (dependencies: EndSessionDependencies) =>
  async ({ data }: Fact<typeof ReportDoubted>): Promise<Outcome> => {
    if (data.why === 'impossible') await endSessionOf(dependencies, data, 'policy');
    return 'ack';
  };

export const onKeyRevoked =
  (dependencies: CloseLineDependencies) =>
  async ({ data }: Fact<typeof KeyRevoked>): Promise<Outcome> => {
    await closeLine(dependencies, data, { end: 'key_revoked', denial: { reason: 'key-revoked' } });
    return 'ack';
  };

/** Serves suspensions and kill switches: both close a line until they are lifted. */
export const onLineSuspended =
  (dependencies: CloseLineDependencies) =>
  async ({ data, time }: Fact<typeof TenantSuspended> | Fact<typeof KillSwitchEngaged>): Promise<Outcome> => {
    await suspendLine(dependencies, data, Date.parse(time));
    return 'ack';
  };
