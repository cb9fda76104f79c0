import type { Verdict } from '@vox/shared/bus';
import type { Fact, KeyRevoked, QuotaExceeded, TenantSuspended } from '@vox/shared/contracts';
import { end, endAll } from './end.ts';
import type { Needs } from './needs.ts';

/** Within so long every replica knows the policy that came with a suspension. */
const historyMs = 60_000;

export const onQuotaExceeded =
  (needs: Needs) =>
  async (exceeded: Fact<typeof QuotaExceeded>): Promise<Verdict> => {
    await end(needs, exceeded.data.sessionId, (session) =>
      session.tenantId === exceeded.data.tenantId ? 'quota' : undefined,
    );
    return 'done';
  };

export const onKeyRevoked =
  (needs: Needs) =>
  async (revoked: Fact<typeof KeyRevoked>): Promise<Verdict> => {
    await endAll(needs, revoked.data, 'key_revoked');
    return 'done';
  };

export const onTenantSuspended =
  (needs: Needs) =>
  async (suspended: Fact<typeof TenantSuspended>): Promise<Verdict> => {
    const { tenantId } = suspended.data;
    const agoMs = needs.clock.now().getTime() - Date.parse(suspended.time);
    // A consumer that was made anew hears old suspensions again; one that was lifted since must not end the calls of today.
    if (agoMs > historyMs && needs.policies.get(tenantId)?.status === 'active') return 'done';
    await endAll(needs, { tenantId }, 'admin');
    return 'done';
  };
