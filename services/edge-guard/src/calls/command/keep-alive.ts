import { AskSessionUsage, Heartbeat } from '@vox/contracts';
import type { Bus } from '@vox/platform/bus';
import { Fault } from '@vox/platform/fault';
import type { CallOfTenant } from '../../call-access/mod.ts';
import { soon } from '../../checks/mod.ts';
import { dollarsOf } from '../decide/usage.ts';

type Asked = CallOfTenant & Readonly<{ body: Readonly<{ active?: boolean | undefined; callId?: string | undefined }> }>;

/**
 * The call lives: the broker says what is left of its time, quota of its budget. Without quota the numbers of budget
 * are null.
 */
export const keepAlive =
  ({ bus }: Readonly<{ bus: Pick<Bus, 'ask'> }>) =>
  async ({ tenantId, sessionId, body }: Asked) => {
    const call = { tenantId, sessionId };
    const [state, usage] = await Promise.all([
      bus.ask(Heartbeat, { ...call, active: body.active ?? true, callId: body.callId }, soon),
      bus.ask(AskSessionUsage, call, soon).catch(() => undefined),
    ]);
    if (state.kind === 'unknown') throw new Fault('NOT_FOUND');
    if (state.kind === 'ended') {
      const timed = state.reason === 'max_duration' || state.reason === 'idle';
      throw new Fault(timed ? 'SESSION_DURATION_EXCEEDED' : 'SESSION_ENDED', {
        reason: state.reason,
        maxMinutes: state.maxSeconds / 60,
      });
    }
    const left = usage?.kind === 'known' ? usage.remaining : undefined;
    return {
      ok: true,
      session: {
        active: true,
        startedAt: state.startedAt,
        lastSeenAt: state.lastSeenAt,
        durationSec: state.durationSeconds,
        idleSec: state.idleSeconds,
        endsAt: state.endsAt,
        remaining: {
          seconds: state.remainingSeconds,
          tokens: left?.tokens ?? null,
          dollars: left === undefined ? null : dollarsOf(left.micros),
        },
      },
    };
  };
