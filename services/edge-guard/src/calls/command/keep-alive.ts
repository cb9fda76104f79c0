import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { CallOfTenant } from '../../call-access/mod.ts';
import { callNow } from './call-now.ts';

type Asked = CallOfTenant & Readonly<{ body: Readonly<{ active?: boolean | undefined; callId?: string | undefined }> }>;

/** The call lives: says what is left of it. */
export const keepAlive =
  ({ bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>) =>
  async ({ tenantId, sessionId, body }: Asked) => {
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
