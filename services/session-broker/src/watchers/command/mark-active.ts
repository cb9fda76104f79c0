import type { Log } from '@vox/platform/telemetry';
import { active, type Sessions } from '../../calls/mod.ts';

export type MarkActiveDependencies = Readonly<{ sessions: Pick<Sessions, 'update'>; log: Log }>;
type Named = Readonly<{ sessionId: string; callId: string }>;
/** `settings` is the hash of the settings that the call began with, if they are known. */
export type MarkActive = (call: Named, nowMs: number, settings: string | undefined) => void;

/** Somebody who speaks all the time is written down so often, and once more at the last. */
const pauseMs = 5_000;

/**
 * Marks calls as connected and active, as their watches hear it. The first mark of a call is written at once; of those
 * that follow soon the last one is written after a pause.
 */
export function activityMarker({ sessions, log }: MarkActiveDependencies): MarkActive {
  const waiting = new Map<string, { latestMs: number; isNew: boolean; settings: string | undefined }>();
  const keyOf = ({ sessionId, callId }: Named): string => `${sessionId}/${callId}`;
  const write = ({ sessionId, callId }: Named, atMs: number, settings: string | undefined): void =>
    void sessions
      .update(sessionId, (known) =>
        known?.kind === 'live' && known.callId === callId
          ? { result: undefined, state: active(known, atMs, settings) }
          : { result: undefined },
      )
      .catch((error: unknown) => log.warn({ error }, 'a call could not be marked as active'));
  function mark(call: Named, latestMs: number, settings: string | undefined): void {
    const key = keyOf(call);
    write(call, latestMs, settings);
    waiting.set(key, { latestMs, isNew: false, settings });
    const timer = setTimeout(() => {
      const entry = waiting.get(key);
      waiting.delete(key);
      if (entry?.isNew) mark(call, entry.latestMs, entry.settings);
    }, pauseMs);
    timer.unref();
  }
  return (call, nowMs, settings) => {
    const entry = waiting.get(keyOf(call));
    if (entry === undefined) mark(call, nowMs, settings);
    else Object.assign(entry, { latestMs: nowMs, isNew: true, settings });
  };
}
