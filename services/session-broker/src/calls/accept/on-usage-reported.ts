import type { Fact, UsageReported } from '@vox/contracts';
import type { Outcome } from '@vox/platform/bus';
import type { Needs } from '../../dependencies.ts';
import { proved } from '../decide/session.ts';

/**
 * Usage shows that a call is real, as far as a direct call can be shown to be: the provider signs nothing that a browser could hand on, and answers nobody whether such a
 * call exists. What is reported is booked, which a heartbeat is not.
 */
export const onUsageReported =
  (needs: Needs) =>
  async ({ data: { tenantId, sessionId, usage } }: Fact<typeof UsageReported>): Promise<Outcome> => {
    const { cachedIn: _part, ...used } = usage;
    if (!Object.values(used).some((tokens = 0) => tokens > 0)) return 'ack';
    const nowMs = needs.clock.now().getTime();
    await needs.sessions.update(sessionId, (known) => {
      if (known?.kind !== 'live' || known.tenantId !== tenantId) return { result: undefined };
      const state = proved(known, nowMs);
      return state === known ? { result: undefined } : { result: undefined, state };
    });
    return 'ack';
  };
