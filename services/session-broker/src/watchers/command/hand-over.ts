import { setTimeout as pause } from 'node:timers/promises';
import type { Log } from '@vox/platform/telemetry';
import { type Sessions, watcherTag } from '../../calls/mod.ts';
import type { Watches } from '../../watch/mod.ts';

export type HandOverDependencies = Readonly<{
  watches: Pick<Watches, 'copy' | 'calls' | 'retire' | 'stop'>;
  sessions: Pick<Sessions, 'tagged'>;
  log: Log;
}>;

const waitMs = 5_000;
const lookMs = 100;

/**
 * Leaves the calls of this copy to others, and hears them until they are taken. A copy that is the last one waits for a
 * while, and leaves them to whoever starts next.
 */
export async function handOver({ watches, sessions, log }: HandOverDependencies): Promise<void> {
  try {
    if (watches.calls().length > 0) {
      await watches.retire();
      const untilMs = performance.now() + waitMs;
      const isLeft = async () => (await sessions.tagged(watcherTag(watches.copy), 1)).length > 0;
      while ((await isLeft()) && performance.now() < untilMs) await pause(lookMs);
    }
  } catch (error) {
    log.warn({ error }, 'calls are left to whoever looks for them');
  }
  await watches.stop();
}
