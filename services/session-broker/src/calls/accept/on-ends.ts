import type {
  Fact,
  KeyRevoked,
  KillSwitchEngaged,
  LoginEnded,
  QuotaExceeded,
  ReportDoubted,
  TenantSuspended,
} from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import { type CloseScopeDependencies, closeScope } from '../command/close-scope.ts';
import { type EndNamedDependencies, endNamed } from '../command/end-session.ts';
import { suspendScope } from '../command/suspend-scope.ts';

export const onQuotaExceeded =
  (dependencies: EndNamedDependencies) =>
  async ({ data }: Fact<typeof QuotaExceeded>): Promise<Outcome> => {
    await endNamed(dependencies, data, 'quota');
    return 'ack';
  };

/** An impossible report ends its call. One that is merely too much has a fact of its own when there is more to say. */
export const onReportDoubted =
  (dependencies: EndNamedDependencies) =>
  async ({ data }: Fact<typeof ReportDoubted>): Promise<Outcome> => {
    if (data.why === 'impossible') await endNamed(dependencies, data, 'policy');
    return 'ack';
  };

export const onKeyRevoked =
  (dependencies: CloseScopeDependencies) =>
  async ({ data }: Fact<typeof KeyRevoked>): Promise<Outcome> => {
    await closeScope(dependencies, data, { end: 'key_revoked', denial: { reason: 'key-revoked' } });
    return 'ack';
  };

/** A login that was ended takes its calls with it. One whose time is over lets a call go on to its own end. */
export const onLoginEnded =
  (dependencies: CloseScopeDependencies) =>
  async ({ data }: Fact<typeof LoginEnded>): Promise<Outcome> => {
    const { tenantId, loginId, why } = data;
    const end = why === 'privacy' ? 'privacy' : 'key_revoked';
    if (why !== 'expired')
      await closeScope(dependencies, { tenantId, loginId }, { end, denial: { reason: 'key-revoked' } });
    return 'ack';
  };

/** Serves suspensions and kill switches: both close a scope until they are lifted. */
export const onLineSuspended =
  (dependencies: CloseScopeDependencies) =>
  async ({ data, time }: Fact<typeof TenantSuspended> | Fact<typeof KillSwitchEngaged>): Promise<Outcome> => {
    await suspendScope(dependencies, data, Date.parse(time));
    return 'ack';
  };
