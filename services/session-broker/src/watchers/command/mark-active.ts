import type { Log } from '@vox/platform/telemetry';
import { active, type Sessions } from '../../calls/mod.ts';

export type MarkActiveDependencies = Readonly<{ sessions: Pick<Sessions, 'update'>; log: Log }>;
type Named = Readonly<{ sessionId: string; callId: string }>;

/** Somebody who speaks all the time is written down so often, and once more at the last. */
const pauseMs = 5_000;

/**
 * Marks calls as connected and active, as their watches hear it. The first mark of a call is written at once; of those
 * that follow soon the last one is written after a pause.
 */
export function activityMarker({ sessions, log }: MarkActiveDependencies): (call: Named, nowMs: number) => void {
  const waiting = new Map<string, { latestMs: number; isNew: boolean }>();
  const write = ({ sessionId, callId }: Named, atMs: number): void =>
    void sessions
      .update(sessionId, (known) =>
        known?.kind === 'live' && known.callId === callId
          ? { result: undefined, state: active(known, atMs) }
          : { result: undefined },
      )
      .catch((error: unknown) => log.warn({ error }, 'a call could not be marked as active'));
  function later(call: Named): void {
    const { callId } = call;
    const timer = setTimeout(() => {
      const entry = waiting.get(callId);
      waiting.delete(callId);
      if (!entry?.isNew) return;
      write(call, entry.latestMs);
      waiting.set(callId, { latestMs: entry.latestMs, isNew: false });
      later(call);
    }, pauseMs);
    timer.unref();
  }
  return (call, nowMs) => {
    const entry = waiting.get(call.callId);
    if (entry !== undefined) {
      entry.latestMs = nowMs;
      entry.isNew = true;
      return;
    }
    waiting.set(call.callId, { latestMs: nowMs, isNew: false });
    write(call, nowMs);
    later(call);
  };
}
