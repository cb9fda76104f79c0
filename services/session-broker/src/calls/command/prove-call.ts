import type { Clock } from '@vox/platform/time';
import { proved } from '../decide/heartbeat.ts';
import type { Sessions } from '../keep/sessions.ts';

export type ProveCallDependencies = Readonly<{ sessions: Pick<Sessions, 'update'>; clock: Clock }>;

/** Marks a live call of this tenant as real. */
export function proveCall(
  { sessions, clock }: ProveCallDependencies,
  { tenantId, sessionId }: Readonly<{ tenantId: string; sessionId: string }>,
): Promise<void> {
  const nowMs = clock.now().getTime();
  return sessions.update(sessionId, (known) => {
    if (known?.kind !== 'live' || known.tenantId !== tenantId) return { result: undefined };
    const state = proved(known, nowMs);
    return state === known ? { result: undefined } : { result: undefined, state };
  });
}
