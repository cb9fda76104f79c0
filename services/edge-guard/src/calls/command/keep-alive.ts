import { mustEnd } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import type { SessionClaims } from '@vox/platform/crypto';
import { Fault } from '@vox/platform/fault';
import type { CallOfTenant } from '../../call-access/mod.ts';
import type { Policies, Revocations } from '../../tenant/mod.ts';
import { callNow } from './call-now.ts';

type KeepAliveDependencies = Readonly<{ bus: Pick<Bus, 'ask'>; policies: Policies; revoked: Revocations }>;
type Asked = CallOfTenant &
  Readonly<{
    claims: SessionClaims;
    body: Readonly<{ active?: boolean | undefined; callId?: string | undefined }>;
  }>;

/**
 * The call lives: says what is left of it. What was revoked or closed since it began ends it here at once, however long
 * the broker takes to write that down.
 */
export const keepAlive =
  ({ bus, policies, revoked }: KeepAliveDependencies) =>
  async ({ tenantId, sessionId, claims, body }: Asked) => {
    const isCurrent = policies.current() && revoked.current();
    const reason = isCurrent ? mustEnd(claims.identity, policies.get(tenantId), revoked) : undefined;
    if (reason !== undefined) throw new Fault('SESSION_ENDED', { reason });
    const sign = { active: body.active ?? true, callId: body.callId };
    const state = await callNow(bus, { tenantId, sessionId }, sign);
    if (state.kind === 'unknown') throw new Fault('NOT_FOUND');
    if (state.kind === 'ended') {
      const timed = state.reason === 'max_duration' || state.reason === 'idle';
      throw new Fault(timed ? 'SESSION_DURATION_EXCEEDED' : 'SESSION_ENDED', {
        reason: state.reason,
        maxMinutes: state.maxSeconds / 60,
      });
    }
    return {
      ok: true,
      session: {
        active: true,
        startedAt: state.startedAt,
        lastSeenAt: state.lastSeenAt,
        durationSec: state.durationSeconds,
        idleSec: state.idleSeconds,
        endsAt: state.endsAt,
        remaining: state.remaining,
      },
    };
  };
