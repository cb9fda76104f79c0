import type { Log } from '@vox/platform/telemetry';
import { active } from '../decide/heartbeat.ts';
import type { Sessions } from '../keep/sessions.ts';

export type MarkActiveDependencies = Readonly<{ sessions: Pick<Sessions, 'update'>; log: Log }>;
type Named = Readonly<{ sessionId: string }>;

/** Somebody who speaks all the time is written down so often, and once more at the last. */
const pauseMs = 5_000;

/**
 * Marks calls as connected and active, as their watches hear it. The first mark of a call is written at once; of those
 * that follow soon the last one is written after a pause.
 */
export function activityMarker({ sessions, log }: MarkActiveDependencies): (call: Named, nowMs: number) => void {
  const waiting = new Map<string, { latestMs: number; isNew: boolean }>();
  const write = (sessionId: string, atMs: number): void =>
    void sessions
      .update(sessionId, (known) =>
        known?.kind === 'live' ? { result: undefined, state: active(known, atMs) } : { result: undefined },
      )
      .catch((error: unknown) => log.warn({ error }, 'a call could not be marked as active'));
  function later(sessionId: string): void {
    const timer = setTimeout(() => {
      const entry = waiting.get(sessionId);
      waiting.delete(sessionId);
      if (!entry?.isNew) return;
      write(sessionId, entry.latestMs);
      waiting.set(sessionId, { latestMs: entry.latestMs, isNew: false });
      later(sessionId);
    }, pauseMs);
    timer.unref();
  }
  return ({ sessionId }, nowMs) => {
    const entry = waiting.get(sessionId);
    if (entry !== undefined) {
      entry.latestMs = nowMs;
      entry.isNew = true;
      return;
    }
    waiting.set(sessionId, { latestMs: nowMs, isNew: false });
    write(sessionId, nowMs);
    later(sessionId);
  };
}
