import { revocationDelay } from '@vox/platform/telemetry';
import type { Clock } from '@vox/platform/time';
import { LRUCache } from 'lru-cache';

const revocationsMax = 10_000;
const kinds = ['widget-key', 'login', 'session', 'api-key'];

/**
 * Shows how long each revocation took to be known here. What was revoked before this copy started was not late, and
 * what comes again after a lost link was known.
 */
export function showsDelay(clock: Clock): (key: string, revoked: Readonly<{ at: string }> | undefined) => void {
  const startedMs = clock.now().getTime();
  const known = new LRUCache<string, true>({ max: revocationsMax });
  return (key, revoked) => {
    const [what = ''] = key.split('.');
    const atMs = Date.parse(revoked?.at ?? '');
    if (known.has(key) || !kinds.includes(what) || !(atMs >= startedMs)) return;
    known.set(key, true);
    revocationDelay.record(Math.max(0, clock.now().getTime() - atMs) / 1_000, { what });
  };
}
