import type { Verdict } from '@vox/shared/bus';
import type { Fact, KeyRevoked, QuotaExceeded, TenantSuspended } from '@vox/shared/contracts';
import { end, endAll } from './end.ts';
import type { Needs } from './needs.ts';

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
    await endAll(needs, { tenantId: suspended.data.tenantId }, 'admin');
    return 'done';
  };
