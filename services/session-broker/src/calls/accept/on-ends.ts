import {
  closedBy,
  type Fact,
  type KeyRevoked,
  type KillSwitchEngaged,
  type QuotaExceeded,
  type ReportDoubted,
  type TenantSuspended,
} from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import type { Needs } from '../../dependencies.ts';
import { closeAll } from '../command/close-line.ts';
import { end } from '../command/end-session.ts';

/** Within so long every replica knows the policy that came with a suspension or a kill switch. */
const historyMs = 60_000;

export const onQuotaExceeded =
  (needs: Needs) =>
  async (exceeded: Fact<typeof QuotaExceeded>): Promise<Outcome> => {
    await end(needs, exceeded.data.sessionId, (session) =>
      session.tenantId === exceeded.data.tenantId ? 'quota' : undefined,
    );
    return 'ack';
  };

/** What cannot be ends the call that said it. What is merely too much has its own fact, which says when there is more. */
export const onReportDoubted =
  (needs: Needs) =>
  async ({ data: { tenantId, sessionId, why } }: Fact<typeof ReportDoubted>): Promise<Outcome> => {
    if (why === 'impossible')
      await end(needs, sessionId, (session) => (session.tenantId === tenantId ? 'policy' : undefined));
    return 'ack';
  };

export const onKeyRevoked =
  (needs: Needs) =>
  async (revoked: Fact<typeof KeyRevoked>): Promise<Outcome> => {
    await closeAll(needs, revoked.data, { end: 'key_revoked', denial: { reason: 'key-revoked' } });
    return 'ack';
  };

export const onTenantSuspended =
  (needs: Needs) =>
  async (suspended: Fact<typeof TenantSuspended>): Promise<Outcome> => {
    await closeUnlessLifted(needs, suspended);
    return 'ack';
  };

export const onKillSwitch =
  (needs: Needs) =>
  async (engaged: Fact<typeof KillSwitchEngaged>): Promise<Outcome> => {
    await closeUnlessLifted(needs, engaged);
    return 'ack';
  };

/** A consumer that was made anew hears old facts again; what was lifted since must not end the calls of today. */
async function closeUnlessLifted(
  needs: Needs,
  { data, time }: Readonly<{ time: string; data: Parameters<typeof closeAll>[1] }>,
): Promise<void> {
  const policy = needs.policies.get(data.tenantId);
  const key = policy?.keys.find((each) => each.key === data.widgetKey);
  const isOld = needs.clock.now().getTime() - Date.parse(time) > historyMs;
  if (isOld && policy !== undefined && closedBy(policy, key) === undefined) return;
  await closeAll(needs, data, { end: 'admin', denial: { reason: 'tenant-suspended' } });
}
